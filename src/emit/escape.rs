//! Escapes source text in comments of programming languages, so that no name ends a comment and becomes code.

use crate::escape::is_unsafe;

/// Sequences that a comment must not contain. A space before the last character makes them harmless.
const APART: [&[u8]; 9] = [
    b"*/",  // ends a comment of C
    b"/*",  // begins a nested comment, which compilers warn about
    b"??",  // with `/`, a backslash
    b"</",  // with `script>`, the end of a script in a page
    b"<!-", // begins a comment of HTML, also in a script
    b"-->", // ends a comment of HTML
    b"%>",  // ends code in a template
    b"?>",  // ends code in a template of PHP
    b"-*-", // delimits variables that editors read
];

/// Adds the text of a comment. If the comment ends with its line, a final backslash cannot continue it.
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

/// Returns a file name for the comment at the top of an output file. Some tools look for options there, such as `coding:`
/// and `vim:`, so the punctuation of options is replaced.
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
    fn a_file_name_sets_no_option() {
        assert_eq!(file_name("coding=utf-7 +AAo-.wat"), "coding_utf-7 +AAo-.wat");
        assert_eq!(file_name("-*- vim:x -*-\u{202e}"), "-_- vim_x -_-_");
        assert_eq!(file_name("<stdin>"), "<stdin>");
    }
}
