//! Rules for Make with the dependencies of outputs.

use crate::escape::is_unsafe;
use std::path::Path;

/// Returns a rule in which the targets depend on the input, if the input is a file.
///
/// # Errors
///
/// Returns a message if a name cannot be expressed in a rule.
pub(super) fn make_rule(targets: &[&Path], input: Option<&Path>) -> Result<Vec<u8>, String> {
    let mut rule = Vec::new();
    for (nth, target) in targets.iter().enumerate() {
        if nth > 0 {
            rule.push(b' ');
        }
        push_name(target, Side::Target, &mut rule)?;
    }
    rule.push(b':');
    if let Some(input) = input {
        rule.push(b' ');
        push_name(input, Side::Prerequisite, &mut rule)?;
    }
    rule.push(b'\n');
    Ok(rule)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Target,
    Prerequisite,
}

/// Adds the name of a file, with the escapes that Make needs.
fn push_name(path: &Path, side: Side, out: &mut Vec<u8>) -> Result<(), String> {
    let name = path.as_os_str().as_encoded_bytes();
    let is_unfit = |c: char| is_unsafe(c) || c == ';' && cfg!(unix);
    if let Some(c) = path.to_string_lossy().chars().find(|&c| is_unfit(c)) {
        return Err(format!("`{}` cannot be named in a rule for Make: it contains {c:?}", path.display()));
    }
    if cfg!(unix) && name.ends_with(b"\\") {
        return Err(format!("`{}` cannot be named in a rule for Make: it ends with `\\`", path.display()));
    }
    let mut backslashes = 0;
    for &byte in name {
        let is_special = match byte {
            b' ' | b'#' => true,
            b':' | b'*' | b'?' | b'[' => cfg!(unix),
            // Only targets can be patterns, and only prerequisites can be order-only.
            b'%' => cfg!(unix) && side == Side::Target,
            b'|' => cfg!(unix) && side == Side::Prerequisite,
            _ => false,
        };
        match byte {
            b'$' => out.extend_from_slice(b"$$"),
            // Make would parse the rule as an assignment, and there is no escape for `=`.
            b'=' if cfg!(unix) => out.extend_from_slice(b"$(or =)"),
            _ if is_special => {
                // Before a special character, backslashes must be doubled.
                if cfg!(unix) {
                    out.extend(std::iter::repeat_n(b'\\', backslashes));
                }
                out.extend_from_slice(&[b'\\', byte]);
            }
            _ => out.push(byte),
        }
        backslashes = if byte == b'\\' { backslashes + 1 } else { 0 };
    }
    Ok(())
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    fn name(name: &[u8], side: Side) -> Result<Vec<u8>, String> {
        let mut out = Vec::new();
        push_name(Path::new(OsStr::from_bytes(name)), side, &mut out).map(|()| out)
    }

    #[test]
    fn names_are_escaped_as_make_reads_them() {
        for (given, expected) in [
            (&b"a b#c$d"[..], &b"a\\ b\\#c$$d"[..]),
            (b"a:b", b"a\\:b"),
            (b"a\\ b", b"a\\\\\\ b"),
            (b"a\\b", b"a\\b"),
            (b"a*?[", b"a\\*\\?\\["),
            (b"x=y", b"x$(or =)y"),
            (b"\xff\xfe", b"\xff\xfe"),
        ] {
            assert_eq!(name(given, Side::Target).as_deref(), Ok(expected));
            assert_eq!(name(given, Side::Prerequisite).as_deref(), Ok(expected));
        }
        assert_eq!(name(b"%|", Side::Target).as_deref(), Ok(&b"\\%|"[..]));
        assert_eq!(name(b"%|", Side::Prerequisite).as_deref(), Ok(&b"%\\|"[..]));
    }

    #[test]
    fn names_that_a_rule_cannot_express_are_errors() {
        for given in ["a\nb", "a\rb", "a\tb", "a\u{2028}b", "a\u{202e}b", "a;b", "a\\"] {
            assert!(name(given.as_bytes(), Side::Target).is_err(), "{given:?}");
        }
    }
}
