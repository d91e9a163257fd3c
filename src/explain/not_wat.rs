//! Input in another format: a table of recognizers, each with its message.
//!
//! Recognizers run only on rejected input, and decide by its structure outside of strings and comments. They
//! match input in other formats, not mistakes in the text format.

mod languages;
mod line;
mod shapes;

use super::repair::keywords::FIELDS;
use super::repair::lexical;
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::{self, Lexer, block_comment_len, is_escaped, line_comment_len};
use crate::span::Span;
use line::{Found, Line};
use memchr::memmem;
use std::ops::Range;

/// A format other than the text format.
struct Recognizer {
    /// The input, as a noun phrase for messages.
    name: &'static str,
    find: Find,
    /// The message, in which `{}` is replaced by the recognized text.
    message: &'static str,
    /// Whether a module in the input is reported.
    has_module: bool,
}

/// The part of the input that a recognizer reads.
enum Find {
    /// The first line that is neither empty nor a comment.
    First(fn(&Line<'_>) -> Found),
    /// Lines that are not within a module or a field.
    Outside(fn(&Line<'_>) -> Found),
    /// Each line that begins with one of the characters, after white space.
    Any(&'static str, fn(&Line<'_>) -> Found),
    /// The whole text, with the contents of strings and comments blanked.
    Code(fn(&str) -> Found),
    /// The whole text.
    Raw(fn(&str) -> Found),
}

const fn row(name: &'static str, find: Find, message: &'static str) -> Recognizer {
    Recognizer { name, find, message, has_module: false }
}

const fn with_module(name: &'static str, find: Find, message: &'static str) -> Recognizer {
    Recognizer { name, find, message, has_module: true }
}

/// The name of the recognizer for scripts, which is not used where a script is expected.
const SCRIPT: &str = "a test script";

/// The name of the recognizer for components, which have their own code.
const COMPONENT: &str = "a component";

/// The recognizers. The first that matches is reported.
#[rustfmt::skip]
const TEXTS: &[Recognizer] = &[
    row(COMPONENT, Find::First(shapes::component),
        "this is a component, not a module: gcwat assembles modules only"),
    row("a file with merge conflicts", Find::Any("<>|", shapes::conflict),
        "`{}` marks a merge conflict: keep one side and remove the markers"),
    with_module("a diff", Find::Any("@d*", shapes::diff),
        "the input is a diff, not WebAssembly text: apply it and assemble the result"),
    with_module("Markdown", Find::Any("`~", shapes::fence),
        "`{}` is a fence of Markdown, not WebAssembly text: assemble only the lines between the fences"),
    row("a hex dump", Find::Code(shapes::hex_dump),
        "the input is a hex dump, not WebAssembly text: use `gcwat disassemble` on the binary"),
    row("a listing", Find::Code(shapes::listing_header),
        "the input is the listing of a disassembler, not WebAssembly text: use `gcwat disassemble` on the binary"),
    row("a listing", Find::Any("0123456789abcdefABCDEF", shapes::listing_line),
        "the input is the listing of a disassembler, not WebAssembly text: use `gcwat disassemble` on the binary"),
    row("an encoded binary", Find::First(shapes::encoded),
        "the input is an encoded WebAssembly binary, not text: decode it and use `gcwat disassemble`"),
    row("assembly language", Find::Any(".s", shapes::assembly),
        "`{}` is assembly language, not WebAssembly text: use an assembler such as `llvm-mc`"),
    row("LLVM IR", Find::Outside(shapes::llvm_ir),
        "the input is LLVM IR, not WebAssembly text: compile it with `llc` or `clang`"),
    row("WIT", Find::Outside(languages::wit),
        "the input is WIT, not WebAssembly text: it declares interfaces and has no code to assemble"),
    with_module("HTML", Find::Code(shapes::html),
        "`{}` is markup (HTML or XML), not WebAssembly text: copy only the text of the module"),
    row("text with HTML entities", Find::Code(shapes::entity),
        "`{}` is an HTML entity: replace each entity by its character"),
    with_module("JSON", Find::Raw(languages::json),
        "the input is JSON, not WebAssembly text"),
    with_module("Zig", Find::Outside(languages::zig),
        "the input looks like Zig source, not WebAssembly text: compile it for a wasm target"),
    with_module("Rust", Find::Outside(languages::rust),
        "the input looks like Rust source, not WebAssembly text: compile it with `rustc`, or assemble only a module in it"),
    with_module("AssemblyScript", Find::Outside(languages::assembly_script),
        "the input looks like AssemblyScript or TypeScript, not WebAssembly text: AssemblyScript is compiled with `asc`"),
    with_module("Python", Find::Outside(languages::python),
        "the input looks like Python source, not WebAssembly text: only a module in it can be assembled"),
    with_module("Java", Find::Outside(languages::java),
        "the input looks like source of another language, not WebAssembly text: only a module in it can be assembled"),
    with_module("Go", Find::Outside(languages::go),
        "the input looks like Go source, not WebAssembly text: compile it for a wasm target, or assemble only a module in it"),
    with_module("C", Find::Outside(languages::c),
        "the input looks like C or C++ source, not WebAssembly text: compile it with `clang`, or assemble only a module in it"),
    with_module("JavaScript", Find::Outside(languages::java_script),
        "the input looks like JavaScript, not WebAssembly text: only a module in it can be assembled"),
    with_module("a shell script", Find::Outside(languages::shell),
        "the input looks like a script for another program, not WebAssembly text: only a module in it can be assembled"),
    with_module("Lisp", Find::First(languages::lisp),
        "the input looks like Lisp or Scheme, not WebAssembly text"),
    row("text for a C preprocessor", Find::Any("#", shapes::preprocessor),
        "`{}` is a line for a C preprocessor: run it first and assemble its output, as in `cpp -P`"),
    row("text for m4", Find::Any("cdiesum", shapes::m4),
        "`{}` is a macro of m4: run `m4` first and assemble its output"),
    row("a template", Find::Code(shapes::template),
        "`{}` is a placeholder of a template: expand the template and assemble the result"),
    with_module("a string literal", Find::First(languages::literal),
        "the input is a string literal of another language: assemble only the text in it, its escapes replaced"),
    with_module("text with line numbers", Find::Raw(shapes::numbered),
        "the lines begin with line numbers, which are not WebAssembly text: remove the numbers"),
    with_module("a quotation", Find::Raw(shapes::quoted),
        "the lines begin with `>`, as in a quoted message: remove these characters"),
    row(SCRIPT, Find::Code(shapes::script),
        "`{}` is a command of test scripts (`.wast`), not a part of a module: use `gcwat script`"),
    row("of another kind", Find::Code(shapes::unknown),
        "the input is not WebAssembly text: it contains no module, no field and no instruction"),
];

/// First bytes of binary formats, and their names.
#[rustfmt::skip]
const BINARIES: &[(&[u8], &str)] = &[
    (b"\x7fELF", "an ELF file"),
    (b"\x1f\x8b", "gzip data"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "a zip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"BZh91AY&SY", "bzip2 data"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O file"),
    (b"\xce\xfa\xed\xfe", "a Mach-O file"),
    (b"\xfe\xed\xfa\xcf", "a Mach-O file"),
    (b"\xca\xfe\xba\xbe", "a Mach-O or Java class file"),
    (b"MZ\x90\0", "a Windows program"),
    (b"MZ\0", "a Windows program"),
    (b"BC\xc0\xde", "LLVM bitcode"),
    (b"!<arch>\n", "an archive of object files"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"\x1bLua", "Lua bytecode"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"{\\rtf", "an RTF document"),
];

/// Returns the error for binary input, or for input in an encoding other than UTF-8. `None` for other input.
pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Diagnostic> {
    let message = match binary(bytes)? {
        Binary::Module => "the input is a WebAssembly binary, not text: use `gcwat disassemble`".to_owned(),
        Binary::Component => {
            "the input is the binary of a component, not text: gcwat assembles and disassembles modules only"
                .to_owned()
        }
        Binary::Encoding(encoding) => {
            format!(
                "the input is {encoding} text: convert it to UTF-8, as `iconv -f {encoding} -t UTF-8` does"
            )
        }
        Binary::Other(what) => format!("the input is {what}, not WebAssembly text"),
    };
    Some(Diagnostic::error(Code::NotWat, Span::new(0, 0), message))
}

/// Returns the error for the binary of a component. `None` for other binaries.
#[cfg(feature = "cli")]
pub(crate) fn of_component(bytes: &[u8]) -> Option<Diagnostic> {
    let Some(Binary::Component) = binary(bytes) else { return None };
    let message = "the input is the binary of a component: gcwat checks modules only";
    Some(Diagnostic::error(Code::Component, Span::new(0, 0), message))
}

/// Returns the error for a source text in another format or encoding. `None` if it may be the text format.
/// `in_script` allows scripts.
pub(crate) fn of_text(source: &str, in_script: bool) -> Option<Diagnostic> {
    if let Some(diagnostic) = of_bytes(source.as_bytes()) {
        return Some(diagnostic);
    }
    let (recognizer, found) = recognize(source, in_script)?;
    let text = source.get(found.clone()).unwrap_or_default();
    let start = found.start + text.len() - text.trim_start().len();
    let text = text.trim();
    let shown: String = text.trim_start_matches('(').chars().take(60).collect();
    let message = recognizer.message.replace("{}", &shown);
    let code = if recognizer.name == COMPONENT { Code::Component } else { Code::NotWat };
    let span = Span::new(start as u32, (start + text.len()) as u32);
    let error = Diagnostic::error(code, span, message);
    if !recognizer.has_module {
        return Some(error);
    }
    let Some(module) = module_within(source) else { return Some(error) };
    let line = |at: usize| 1 + memchr::memchr_iter(b'\n', &source.as_bytes()[..at]).count();
    let (first, last) = (line(module.start), line(module.end));
    let lines = if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
    let head = Span::new(module.start as u32, (module.start + "(module".len()) as u32);
    let error = if head.start == span.start { error } else { error.with_label(head, "a module begins here") };
    Some(error.with_note(format!("{lines} of the input contain a module that can be assembled on its own")))
}

/// Describes input that is not a WebAssembly binary, as the end of a sentence that begins with "it". Returns
/// `None` for a binary.
#[cfg(feature = "emit")]
pub(crate) fn instead_of_binary(bytes: &[u8]) -> Option<String> {
    if bytes.is_empty() {
        return Some("it is empty".to_owned());
    }
    Some(match binary(bytes) {
        Some(Binary::Module) => return None,
        Some(Binary::Component) => "it is a component; only modules can be disassembled".to_owned(),
        Some(Binary::Encoding(encoding)) => format!("it is {encoding} text, not a WebAssembly binary"),
        Some(Binary::Other(what)) => format!("it is {what}, not a WebAssembly binary"),
        None => match std::str::from_utf8(bytes).map(|text| recognize(text, false)) {
            Ok(Some((Recognizer { name: SCRIPT, .. }, _))) => {
                "it is a test script, not a WebAssembly binary: use `gcwat script`".to_owned()
            }
            Ok(Some((recognizer, _))) => {
                format!("it is text ({}), not a WebAssembly binary", recognizer.name)
            }
            Ok(None) => "it is text, not a WebAssembly binary: use `gcwat assemble`".to_owned(),
            Err(_) => "it is not a WebAssembly binary, which begins with the bytes 00 61 73 6d".to_owned(),
        },
    })
}

// ------------------------------------------------------------------------------------------ Binaries

enum Binary {
    Module,
    Component,
    Encoding(&'static str),
    Other(&'static str),
}

fn binary(bytes: &[u8]) -> Option<Binary> {
    match bytes {
        // The version is followed by the layer.
        [0, b'a', b's', b'm', _, _, 1, 0, ..] => return Some(Binary::Component),
        [0, b'a', b's', b'm', ..] => return Some(Binary::Module),
        [0xff, 0xfe, 0, 0, ..] => return Some(Binary::Encoding("UTF-32LE")),
        [0, 0, 0xfe, 0xff, ..] => return Some(Binary::Encoding("UTF-32BE")),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some(Binary::Encoding("UTF-16")),
        _ => {}
    }
    if let Some((_, what)) = BINARIES.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Some(Binary::Other(what));
    }
    const SAMPLE: usize = 4096;
    // White space at the end says nothing of the rest.
    let sample = bytes[..bytes.len().min(SAMPLE)].trim_ascii_end();
    let count = |parity| sample.iter().skip(parity).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (count(0), count(1));
    let is_most = |some: usize, other: usize| some >= 4 && some * 8 >= sample.len() * 3 && other * 16 <= some;
    if is_most(odd, even) {
        return Some(Binary::Encoding("UTF-16LE"));
    }
    if is_most(even, odd) {
        return Some(Binary::Encoding("UTF-16BE"));
    }
    let is_control = |byte: &&u8| (**byte < b' ' && !matches!(**byte, 8..=13 | 27)) || **byte == 0x7f;
    let controls = sample.iter().filter(is_control).count();
    (even + odd > 0 && controls >= 4 && controls * 16 >= sample.len()).then_some(Binary::Other("binary data"))
}

// --------------------------------------------------------------------------------------------- Texts

/// Returns the first recognizer that matches, and the range that it found.
fn recognize(source: &str, in_script: bool) -> Option<(&'static Recognizer, Range<usize>)> {
    let code = blanked(source);
    let mut matches: Vec<Found> = TEXTS.iter().map(|_| None).collect();
    let has_endif = memmem::find(code.as_bytes(), b"#endif").is_some();
    let rows = |reads: fn(&Find) -> bool| -> Vec<usize> {
        (0..TEXTS.len()).filter(|&row| reads(&TEXTS[row].find)).collect()
    };
    let of_any = rows(|find| matches!(find, Find::Any(..)));
    let of_outside = rows(|find| matches!(find, Find::First(_) | Find::Outside(_) | Find::Any(..)));
    let (mut at, mut depth) = (0, 0isize);
    let (mut is_first, mut is_begun) = (true, false);
    for raw in source.split_inclusive('\n') {
        let text = &code[at..at + raw.len()];
        let line = Line::new(text, raw, has_endif);
        let begins_form = begins_form(line.text());
        let is_outside = (!is_begun || depth <= 0) && !begins_form;
        let is_heading = is_first && line.is_significant();
        // Most lines are code of a module.
        let rows = if is_heading || is_outside { &of_outside } else { &of_any };
        for &row in rows {
            if matches[row].is_some() {
                continue;
            }
            let range = match TEXTS[row].find {
                Find::First(find) if is_heading => find(&line),
                Find::Outside(find) if is_outside => find(&line),
                Find::Any(starts, find) if line.starts_with_one_of(starts) => find(&line),
                _ => None,
            };
            matches[row] = range.map(|range| at + range.start..at + range.end);
        }
        is_first &= !is_heading;
        is_begun |= begins_form;
        let count = |bracket: u8| text.bytes().filter(|&byte| byte == bracket).count() as isize;
        depth += count(b'(') - count(b')');
        at += raw.len();
    }
    TEXTS.iter().zip(matches).find_map(|(recognizer, found)| {
        if in_script && recognizer.name == SCRIPT {
            return None;
        }
        let found = match recognizer.find {
            Find::Code(find) => find(&code),
            Find::Raw(find) => find(source),
            _ => found,
        };
        found.map(|found| (recognizer, found))
    })
}

/// Whether a line, without white space at its start, begins a module or a field.
fn begins_form(line: &str) -> bool {
    let Some(form) = line.strip_prefix('(') else { return false };
    let word = form.trim_start();
    let len = word.find(|c: char| !c.is_ascii_lowercase()).unwrap_or(word.len());
    word.starts_with('@') || word[..len] == *"module" || FIELDS.contains(&&word[..len])
}

/// Returns the source with the contents of comments and strings blanked, byte by byte. A string ends with its
/// line at the latest, since other formats have unbalanced quotes.
fn blanked(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut code = bytes.to_vec();
    let mut at = 0;
    while let Some(skipped) = memchr::memchr2(b'"', b';', &bytes[at..]) {
        let start = at + skipped;
        at = start + 1;
        let rest = &bytes[at..];
        let (range, filler) = match bytes[start] {
            b'"' => {
                let len = string_len(rest);
                at += len + usize::from(rest.get(len) == Some(&b'"'));
                (start + 1..start + 1 + len, b'_')
            }
            _ if rest.first() == Some(&b';') => {
                at += line_comment_len(rest);
                (start..at, b' ')
            }
            _ if start > 0 && bytes[start - 1] == b'(' => {
                at += block_comment_len(rest).unwrap_or(rest.len());
                (start - 1..at, b' ')
            }
            _ => continue,
        };
        for byte in &mut code[range] {
            if *byte != b'\n' && *byte != b'\r' {
                *byte = filler;
            }
        }
    }
    blank_annotations(&mut code);
    // Strings, comments and annotations were replaced as a whole, so no character was cut.
    String::from_utf8(code).unwrap_or_default()
}

/// Blanks the contents of annotations.
fn blank_annotations(code: &mut [u8]) {
    let mut at = 0;
    while let Some(skipped) = memmem::find(&code[at..], b"(@") {
        let start = at + skipped + 1;
        let mut depth = 1;
        let len = code[start..].iter().position(|byte| {
            depth += i32::from(*byte == b'(') - i32::from(*byte == b')');
            depth == 0
        });
        let Some(len) = len else { return };
        at = start + len;
        code[start + 1..at]
            .iter_mut()
            .filter(|byte| !matches!(byte, b'\n' | b'\r'))
            .for_each(|byte| *byte = b' ');
    }
}

/// Returns the length of a string without its closing quote, up to the end of the line at most.
fn string_len(rest: &[u8]) -> usize {
    let mut from = 0;
    while let Some(at) = memchr::memchr2(b'"', b'\n', &rest[from..]) {
        let end = from + at;
        if rest[end] == b'\n' || !is_escaped(&rest[..end]) {
            return end;
        }
        from = end + 1;
    }
    rest.len()
}

/// Returns the range of the first module whose parentheses match and whose tokens are well-formed.
fn module_within(source: &str) -> Option<Range<usize>> {
    const MOST: usize = 8;
    let starts = memmem::find_iter(source.as_bytes(), "(module").take(MOST);
    starts.filter_map(|start| module_at(source, start)).next()
}

fn module_at(source: &str, start: usize) -> Option<Range<usize>> {
    let mut depth = 0usize;
    for token in Lexer::plain(source, Span::new(start as u32, source.len() as u32)) {
        if !lexical::explain(source, token).is_empty() {
            return None;
        }
        if token.kind == lex::TokenKind::Close {
            depth -= 1;
            if depth == 0 {
                return Some(start..token.span().end as usize);
            }
        } else if token.kind.is_open() {
            depth += 1;
        } else if depth == 0 {
            return None;
        }
    }
    None
}
