//! The command line at a terminal: what is printed before and while the user types.

#![cfg(all(feature = "cli", target_os = "linux"))]

use crate::cli::Folder;
use crate::emit::has;
use std::io::Write;
use std::process::{Command, Stdio};

const WRONG: &str = "(module\n  (func\n    call $f))\n";

/// Runs a line of a shell at a terminal, and types `input`. Returns the exit status and all that the terminal shows.
/// `$GCWAT` is gcwat.
fn at_terminal(folder: &Folder, line: &str, input: &str) -> Option<(i32, String)> {
    if !has("script") {
        return None;
    }
    let mut command = Command::new("script");
    command.args(["--quiet", "--return", "--command", line, "/dev/null"]).current_dir(folder.path(""));
    command.env("GCWAT", env!("CARGO_BIN_EXE_gcwat")).env("TERM", "xterm").env_remove("NO_COLOR");
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // The end of the input is the character of Ctrl+D at the start of a line.
    let mut stdin = child.stdin.take().unwrap();
    let _ = stdin.write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    drop(stdin);
    // The terminal shows what is typed, at any time.
    let shown = String::from_utf8(output.stdout).unwrap().replace('\r', "");
    let shown = if input.is_empty() { shown } else { shown.replace(input.trim_end_matches('\x04'), "") };
    Some((output.status.code().unwrap(), shown))
}

const NOTE: &str = "note: reading standard input; Ctrl+D ends it\n";

#[test]
fn a_terminal_without_a_file_is_read_with_a_note() {
    let folder = Folder::new();
    for line in ["$GCWAT check", "$GCWAT check -", "$GCWAT assemble --emit hex", "$GCWAT - -o x.wasm"] {
        let Some((code, shown)) = at_terminal(&folder, line, "(func)\n\x04") else { return };
        assert!(code == 0 && shown.contains(NOTE), "{line}: {shown}");
        let Some((_, shown)) = at_terminal(&folder, &format!("{line} -q"), "(func)\n\x04") else { return };
        assert!(!shown.contains("note"), "{line}: {shown}");
    }
    let Some((code, shown)) = at_terminal(&folder, "$GCWAT disassemble", "x\n\x04") else { return };
    assert!(code == 1 && shown.contains(NOTE), "{shown}");
    // A pipe is not announced.
    let Some((_, shown)) = at_terminal(&folder, "echo '(func)' | $GCWAT check", "") else { return };
    assert_eq!(shown, "");
}

/// A progress bar would appear after a second.
#[test]
fn no_progress_is_shown_while_the_user_types() {
    let folder = Folder::new();
    let line = "{ sleep 1.5; echo '(func)'; } | $GCWAT check; (sleep 2; kill $$) & $GCWAT assemble -o x.wasm";
    let Some((_, shown)) = at_terminal(&folder, line, "") else { return };
    assert_eq!(shown.replace("Terminated\n", ""), NOTE);
}

#[test]
fn binary_for_a_terminal_is_refused_before_the_text_is_typed() {
    let folder = Folder::with(&[("a.wat", "(func)")]);
    for (line, whose) in [
        ("$GCWAT assemble", "the output of standard input"),
        ("$GCWAT -", "the output of standard input"),
        ("$GCWAT assemble a.wat -o -", "the output"),
    ] {
        let Some((code, shown)) = at_terminal(&folder, line, "") else { return };
        let expected = format!(
            "error: {whose} would go to the terminal, and binary is not written to a terminal; use `-o`\n"
        );
        assert_eq!((code, shown), (1, expected), "{line}");
    }
    assert_eq!(folder.names(), ["a.wat"]);
}

#[test]
fn pages_are_formatted_for_a_terminal() {
    let folder = Folder::new();
    let Some((code, shown)) = at_terminal(&folder, "$GCWAT explain 301", "") else { return };
    assert!(code == 0 && shown.starts_with("\u{1b}[1mE0301: unknown name\u{1b}[0m\n"), "{shown}");
    assert!(shown.contains("    (module\n") && !shown.contains('`') && !shown.contains('#'), "{shown}");
    let Some((_, shown)) = at_terminal(&folder, "$GCWAT explain 301 --color never", "") else { return };
    assert!(shown.starts_with("E0301: unknown name\n") && !shown.contains('\u{1b}'), "{shown}");
    assert!(shown.contains("\nWrong:\n\n    (module\n") && !shown.contains("```"), "{shown}");
    let Some((_, shown)) = at_terminal(&folder, "$GCWAT explain 301 | cat", "") else { return };
    assert_eq!(shown, gcwat::Code::UnknownName.explanation());
}

#[test]
fn a_redirection_is_explained_at_a_terminal() {
    let folder = Folder::with(&[("a.wat", "(func)"), ("wrong.wat", WRONG)]);
    let note = "note: the output is in `a.wasm`; `-o -` writes it to standard output\n";
    for line in ["$GCWAT a.wat > x.wasm", "$GCWAT a.wat | cat"] {
        let Some(shown) = at_terminal(&folder, line, "") else { return };
        assert_eq!(shown, (0, note.to_owned()), "{line}");
    }
    let Some(shown) = at_terminal(&folder, "$GCWAT a.wat", "") else { return };
    assert_eq!(shown, (0, String::new()));
}
