//! Names that try to end a comment or a line, to become code, or to be invisible; and texts with such names.

use wast::lexer::{Lexer, TokenKind};

/// The names.
pub const NAMES: &[&str] = &[
    "\u{2028}pwned()//",
    "\u{2029}pwned()//",
    "\npwned()\r\n//",
    "\rimport os",
    "\u{b}\u{c}\u{85}",
    "*/ 0xff /*",
    "/*/",
    "??/",
    "\\",
    "\\ ",
    "--> ]]> ?> %>",
    "</script><!--",
    "\u{202e}\u{202a}\u{2066}\u{2069}",
    "\u{200b}\u{200e}\u{61c}\u{feff}\u{ad}\u{fff9}\u{e0041}",
    "\u{1b}[2J\u{9b}31m\u{7}",
    "\u{0}\u{1}\u{7f}\t",
    "'\"`); pwned(); (${1}",
    "\"\"\" ''' # 0xff",
    "-*- coding: utf-7 -*-",
    "::error::%0A",
    "\u{e9}\u{4e16}\u{1f600}",
];

/// Returns the text with the name appended to each identifier and line comment and, with `strings`, to each string.
/// `None` if the text cannot be lexed.
pub fn with_names(text: &str, name: &str, strings: bool) -> Option<String> {
    let quoted: String = name.chars().map(quoted).collect();
    let one_line = name.replace(['\n', '\r'], "");
    let mut lexer = Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let mut out = String::new();
    for token in lexer.iter(0) {
        let token = token.ok()?;
        let word = token.src(text);
        match token.kind {
            TokenKind::Id => match word.strip_suffix('"') {
                Some(word) => out.extend([word, &quoted, "\""]),
                None => out.extend(["$\"", &word[1..], &quoted, "\""]),
            },
            TokenKind::String if strings => out.extend([&word[..word.len() - 1], &quoted, "\""]),
            TokenKind::LineComment => out.extend([word, &one_line]),
            _ => out.push_str(word),
        }
    }
    Some(out)
}

/// Returns a character for a string literal, escaped only where it must be.
fn quoted(c: char) -> String {
    match c {
        '"' | '\\' => format!("\\{c}"),
        '\0'..='\u{1f}' | '\u{7f}' => c.escape_unicode().to_string(),
        _ => c.to_string(),
    }
}
