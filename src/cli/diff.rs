//! A short diff of an output and an existing file, for CI logs.

use crate::escape::is_unsafe;
use std::fmt::Write;

/// The number of lines that are shown on each side.
const LINES: usize = 8;
/// The number of characters of a line that are shown.
const WIDTH: usize = 100;

/// Returns the difference as a unified diff. Returns `None` if the files are equal.
pub(super) fn difference(found: &[u8], expected: &[u8], is_text: bool) -> Option<String> {
    if found == expected {
        return None;
    }
    Some(if is_text { text(found, expected) } else { binary(found, expected) })
}

/// Returns the offset of the first different byte.
fn first_difference(found: &[u8], expected: &[u8]) -> usize {
    let same = found.iter().zip(expected).take_while(|(found, expected)| found == expected);
    same.count()
}

fn binary(found: &[u8], expected: &[u8]) -> String {
    let at = first_difference(found, expected);
    let from = at.saturating_sub(4);
    let mut out = format!("@@ byte {at:#x} of {} and {} @@\n", found.len(), expected.len());
    for (sign, bytes) in [('-', found), ('+', expected)] {
        let _ = write!(out, "{sign}{from:08x} ");
        for byte in bytes[from..].iter().take(16) {
            let _ = write!(out, " {byte:02x}");
        }
        out.push('\n');
    }
    out
}

fn text(found: &[u8], expected: &[u8]) -> String {
    let found: Vec<&[u8]> = found.split_inclusive(|&byte| byte == b'\n').collect();
    let expected: Vec<&[u8]> = expected.split_inclusive(|&byte| byte == b'\n').collect();
    let before = found.iter().zip(&expected).take_while(|(found, expected)| found == expected).count();
    let most = found.len().min(expected.len()) - before;
    let pairs = found.iter().rev().zip(expected.iter().rev());
    let after = pairs.take(most).take_while(|(found, expected)| found == expected).count();
    let found = &found[before..found.len() - after];
    let expected = &expected[before..expected.len() - after];
    let line = before + 1;
    let mut out = format!("@@ -{line},{} +{line},{} @@\n", found.len(), expected.len());
    // A long line is shown around the first difference.
    let at = match (found.first(), expected.first()) {
        (Some(found), Some(expected)) => first_difference(found, expected),
        _ => 0,
    };
    let from = if at < WIDTH - 20 { 0 } else { at - 20 };
    for (sign, lines) in [('-', found), ('+', expected)] {
        for line in lines.iter().take(LINES) {
            let shown = String::from_utf8_lossy(&line[from.min(line.len())..]);
            let mut chars = shown.trim_end_matches('\n').chars();
            out.push(sign);
            if from > 0 {
                out.push_str("...");
            }
            for c in chars.by_ref().take(WIDTH) {
                if is_unsafe(c) { out.extend(c.escape_default()) } else { out.push(c) }
            }
            out.push_str(if chars.next().is_some() { "...\n" } else { "\n" });
            if !line.ends_with(b"\n") {
                out.push_str("\\ No newline at end of file\n");
            }
        }
        if lines.len() > LINES {
            let _ = writeln!(out, "{sign}... and {} lines more", lines.len() - LINES);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_files_have_no_difference() {
        assert_eq!(difference(b"a\n", b"a\n", true), None);
        assert_eq!(difference(b"a", b"a", false), None);
    }

    #[test]
    fn only_different_lines_are_shown() {
        let shown = difference(b"a\nb\nc\n", b"a\nx\ny\nc\n", true).unwrap();
        assert_eq!(shown, "@@ -2,1 +2,2 @@\n-b\n+x\n+y\n");
    }

    #[test]
    fn an_end_without_a_line_feed_is_a_difference() {
        let shown = difference(b"a", b"a\n", true).unwrap();
        assert_eq!(shown, "@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
    }

    #[test]
    fn a_long_line_is_shown_around_the_difference() {
        let (mut found, mut expected) = ("0".repeat(5000), "0".repeat(5000));
        found.push_str("1\n");
        expected.push_str("2\n");
        let shown = difference(found.as_bytes(), expected.as_bytes(), true).unwrap();
        assert_eq!(shown, "@@ -1,1 +1,1 @@\n-...000000000000000000001\n+...000000000000000000002\n");
    }

    #[test]
    fn the_first_different_bytes_of_a_binary_are_shown() {
        let shown = difference(&[0, 1, 2, 3, 4, 5, 6], &[0, 1, 2, 3, 4, 9, 6, 7], false).unwrap();
        assert_eq!(
            shown,
            "@@ byte 0x5 of 7 and 8 @@\n-00000001  01 02 03 04 05 06\n+00000001  01 02 03 04 09 06 07\n"
        );
    }
}
