//! Source text in comments of programming languages, such that no name ends the comment and becomes code.

use crate::escape::is_unsafe;

/// What a comment must not contain. A space before the last character makes each harmless.
const APART: [&[u8]; 9] = [
    b"*/",  // ends a comment of C
    b"/*",  // begins another, of which compilers warn
    b"??",  // with `/`, a backslash
    b"</",  // with `script>`, the end of a script in a page
    b"<!-", // begins a comment of HTML, also in a script
    b"-->", // ends one
    b"%>",  // ends code in a template
    b"?>",  // the same
    b"-*-", // around variables that editors obey
];

/// Adds the text of a comment. If the comment ends with its line, the next line is kept out of it.
pub(super) fn comment(text: &str, ends_with_line: bool, out: &mut Vec<u8>) {
    for c in text.chars() {
        match c {
            '*' | '/' | '?' | '-' | '>' => {
                let is_end = |&sequence: &&[u8]| match sequence.split_last() {
                    Some((&last, first)) => last == c as u8 && out.ends_with(first),
                    None => false,
                };
                if APART.iter().any(is_end) {
                    out.push(b' ');
                }
                out.push(c as u8);
            }
            _ if is_unsafe(c) => out.extend(c.escape_unicode().map(|c| c as u8)),
            _ => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        }
    }
    // A backslash continues a line, to some compilers also with spaces after it.
    if ends_with_line && out.trim_ascii_end().ends_with(b"\\") {
        out.extend_from_slice(b" .");
    }
}

/// The name of a file, for the comment at the top of another one. There some readers look for options, such as
/// `coding:` and `vim:`, so the name has no punctuation that they need.
pub(super) fn file_name(name: &str) -> String {
    let shown = |c: char| match c {
        ' ' | '-' | '_' | '.' | '+' | ',' | '@' | '~' | '#' | '$' | '(' | ')' | '<' | '>' => c,
        c if c.is_alphanumeric() && !is_unsafe(c) => c,
        _ => '_',
    };
    let mut out = Vec::new();
    comment(&name.chars().map(shown).collect::<String>(), true, &mut out);
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn commented(text: &str) -> String {
        let mut out = Vec::new();
        comment(text, true, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn no_text_ends_its_comment() {
        for (text, expected) in [
            ("$f */ g /* h", "$f * / g / * h"),
            ("???/", "? ? ?/"),
            ("a\u{2028}b\nc\r\u{85}", "a\\u{2028}b\\u{a}c\\u{d}\\u{85}"),
            ("a\\", "a\\ ."),
            ("a\\ ", "a\\  ."),
            ("</script><!--  -->", "< /script><! --  -- >"),
            ("-*- mode -*-", "-* - mode -* -"),
            ("**//", "** //"),
            ("\u{e9}->", "\u{e9}->"),
        ] {
            assert_eq!(commented(text), expected);
        }
    }

    #[test]
    fn the_name_of_a_file_sets_no_option() {
        assert_eq!(file_name("coding=utf-7 +AAo-.wat"), "coding_utf-7 +AAo-.wat");
        assert_eq!(file_name("-*- vim:x -*-\u{202e}"), "-_- vim_x -_-_");
        assert_eq!(file_name("<stdin>"), "<stdin>");
    }
}
