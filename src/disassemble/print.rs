//! Prints a binary as text, with the names in its name section.

use super::error::DisassembleError;
use crate::diagnostic::LexemeKind;
use crate::lex::lexemes;
use crate::span::Span;
use wasmparser::BinaryReaderError;

/// Prints a binary as text.
///
/// # Errors
///
/// Returns an error if the binary cannot be decoded or the text becomes too long.
pub(crate) fn print(bytes: &[u8]) -> Result<String, DisassembleError> {
    lines(bytes).map(|lines| without_stray_names(lines.text.text))
}

/// A line of text: the offset of its item in the binary, if the line has one, and the start of the line.
pub(super) type LineStart = (Option<u64>, usize);

/// Prints a binary as text, and returns the starts of the lines.
///
/// # Errors
///
/// Returns a message if the binary cannot be decoded or the text becomes too long.
pub(super) fn print_lines(bytes: &[u8]) -> Result<(String, Vec<LineStart>), String> {
    lines(bytes).map(|lines| (lines.text.text, lines.starts)).map_err(|error| error.to_string())
}

fn lines(bytes: &[u8]) -> Result<Lines, DisassembleError> {
    let mut out = Lines { text: Limited::of(bytes.len()), starts: Vec::new() };
    match wasmprinter::Config::new().print(bytes, &mut out) {
        Ok(()) => Ok(out),
        Err(_) if out.text.is_exceeded => Err(out.text.too_long()),
        Err(error) => {
            let cause = error.downcast_ref::<BinaryReaderError>();
            let offset = cause.and_then(|cause| usize::try_from(cause.offset()).ok());
            // The alternate form includes the causes.
            Err(DisassembleError::Malformed { offset, message: format!("{error:#}") })
        }
    }
}

/// The maximum number of bytes of text for each byte of the binary. An instruction of one byte can have an indentation of a
/// hundred spaces; but a few bytes can also declare 50000 locals, or repeat a name of a megabyte.
const MOST_GROWTH: usize = 128;

/// The number of bytes of text that are always allowed.
const BASE_LIMIT: usize = 16 << 20;

/// Collects a text and fails when it becomes too long.
pub(super) struct Limited {
    pub(super) text: String,
    most: usize,
    is_exceeded: bool,
}

impl Limited {
    /// Returns an empty text that can become as long as that of a binary of this length.
    pub(super) fn of(bytes: usize) -> Limited {
        let most = BASE_LIMIT + bytes.saturating_mul(MOST_GROWTH);
        Limited { text: String::new(), most, is_exceeded: false }
    }

    fn too_long(&self) -> DisassembleError {
        DisassembleError::TooLong { limit: self.most }
    }

    /// Appends a text.
    ///
    /// # Errors
    ///
    /// Returns a message if the text becomes too long.
    pub(super) fn append(&mut self, more: &str) -> Result<(), String> {
        self.is_exceeded |= self.text.len() + more.len() > self.most;
        if self.is_exceeded {
            return Err(self.too_long().to_string());
        }
        self.text.push_str(more);
        Ok(())
    }

    /// Appends a line.
    ///
    /// # Errors
    ///
    /// Returns a message if the text becomes too long.
    pub(super) fn line(&mut self, indentation: &str, line: &str) -> Result<(), String> {
        self.append(indentation)?;
        self.append(line)?;
        self.append("\n")
    }
}

/// Collects the text of the printer and the starts of its lines.
struct Lines {
    text: Limited,
    starts: Vec<LineStart>,
}

impl wasmprinter::Print for Lines {
    fn write_str(&mut self, more: &str) -> std::io::Result<()> {
        self.text.append(more).map_err(std::io::Error::other)
    }

    fn start_line(&mut self, offset: Option<u64>) {
        self.starts.push((offset, self.text.text.len()));
    }
}

/// Removes `(@name ...)` after uses of labels. wasmprinter writes it if the name of a label cannot be an identifier, but
/// it has a meaning in definitions only.
fn without_stray_names(text: String) -> String {
    if memchr::memmem::find(text.as_bytes(), b"(@name").is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for stray in stray_names(&text) {
        out.push_str(text[from..stray.start as usize].trim_end_matches(' '));
        from = stray.end as usize;
    }
    out.push_str(&text[from..]);
    out
}

/// The annotations `(@name ...)` that do not follow the identifier of a definition.
fn stray_names(text: &str) -> Vec<Span> {
    const DEFINITIONS: &[&str] = &[
        "module",
        "func",
        "param",
        "local",
        "type",
        "field",
        "table",
        "memory",
        "global",
        "tag",
        "elem",
        "data",
        "block",
        "loop",
        "if",
        "try",
        "try_table",
    ];
    let word = |span: Span| &text[span.range()];
    let mut lexemes = lexemes(text, 0).filter(|lexeme| lexeme.kind != LexemeKind::Comment);
    let mut stray = Vec::new();
    // The last two lexemes that are not part of such an annotation.
    let mut last = [Span::default(); 2];
    while let Some(lexeme) = lexemes.next() {
        if word(lexeme.span) != "(@name" {
            last = [last[1], lexeme.span];
            continue;
        }
        let mut depth = 1;
        let close = lexemes.by_ref().find(|lexeme| {
            depth += match lexeme.kind {
                LexemeKind::Open => 1,
                LexemeKind::Close => -1,
                _ => 0,
            };
            depth == 0
        });
        if !DEFINITIONS.contains(&word(last[0])) {
            stray.push(lexeme.span.to(close.unwrap_or(lexeme).span));
        }
    }
    stray
}

#[cfg(test)]
mod tests {
    use super::without_stray_names;

    #[test]
    fn names_stay_with_definitions_only() {
        let text = r#"(module $a (@name "b") (func $c (@name "d") (param $p (@name "q") i32)
            block $e (@name "(@name") br $e (@name "f") br_table $e (@name "f") $e (@name "f") end "(@name""#;
        let kept = r#"(module $a (@name "b") (func $c (@name "d") (param $p (@name "q") i32)
            block $e (@name "(@name") br $e br_table $e $e end "(@name""#;
        assert_eq!(without_stray_names(text.to_owned()), kept);
    }
}
