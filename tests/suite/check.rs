//! `gcwat check` and `gcwat explain`, and the options for diagnostics.

#![cfg(feature = "cli")]

use crate::cli::{Folder, Run};
use std::fs;

const WRONG: &str = "(module\n  (func\n    call $f))\n";

const WARNED: &str = "(type $t (struct))\n(func (drop (ref.test $t (ref.null any))))\n";

/// A text with two obsolete keywords and an unknown name.
const OLD: &str = "(func $f (param i32) (result i32)\n  get_local 0\n  call $g\n  tee_local 0)\n";

const OLD_FIXED: &str = "(func $f (param i32) (result i32)\n  local.get 0\n  call $g\n  local.tee 0)\n";

fn stdout(run: &Run) -> &str {
    std::str::from_utf8(&run.stdout).unwrap()
}

// ------------------------------------------------------------------------------------ Check

#[test]
fn check_reports_what_assemble_reports_and_writes_nothing() {
    let folder = Folder::with(&[("wrong.wat", WRONG), ("warned.wat", WARNED), ("fine.wat", "(func)")]);
    for file in ["wrong.wat", "warned.wat", "fine.wat"] {
        let check = folder.run(&["check", file]);
        assert_eq!(folder.names(), ["fine.wat", "warned.wat", "wrong.wat"]);
        let assemble = folder.run(&["assemble", file]);
        assert_eq!((check.code, check.stderr), (assemble.code, assemble.stderr));
        assert!(check.stdout.is_empty());
        let _ = fs::remove_file(folder.path(file).with_extension("wasm"));
    }
}

#[test]
fn check_exits_with_0_1_or_2() {
    let folder = Folder::with(&[("wrong.wat", WRONG), ("warned.wat", WARNED), ("fine.wat", "(func)")]);
    let code = |args: &[&str]| folder.run(&[&["check"], args].concat()).code;
    assert_eq!(code(&["fine.wat"]), Some(0));
    assert_eq!(code(&["fine.wat", "warned.wat"]), Some(0));
    assert_eq!(code(&["wrong.wat", "fine.wat"]), Some(1));
    assert_eq!(code(&["missing.wat"]), Some(1));
    assert_eq!(code(&["--message-format", "xml", "fine.wat"]), Some(2));
    assert_eq!(code(&["--color", "red", "fine.wat"]), Some(2));
    assert_eq!(code(&["--max-errors", "many", "fine.wat"]), Some(2));
}

#[test]
fn standard_input_is_checked_under_any_name() {
    let folder = Folder::new();
    for args in [&["check"][..], &["check", "-"]] {
        folder.run_with(args, WRONG.as_bytes()).fails(1, &["<stdin>:3:10"]);
    }
    folder.run_with(&["check", "--stdin-filename", "x.wat"], WRONG.as_bytes()).fails(1, &["x.wat:3:10"]);
}

// ------------------------------------------------------------------------------------ Message formats

#[test]
fn the_short_format_is_that_of_gcc() {
    let folder = Folder::with(&[("a.wat", WRONG), ("b.wat", WARNED)]);
    let run = folder.run(&["check", "--message-format", "short", "a.wat", "b.wat"]);
    assert_eq!(run.stderr, "");
    assert_eq!(
        stdout(&run),
        "a.wat:3:10: error: unknown function `$f` [E0301]\n\
         b.wat:2:23: warning: a bare type index for a reference type is an extension of the text format [W0001]\n"
    );
}

#[test]
fn tool_formats_go_to_standard_output_unless_it_has_the_result() {
    let folder = Folder::with(&[("wrong.wat", WRONG), ("warned.wat", WARNED)]);
    for (form, start) in
        [("short", "wrong.wat:3:10: "), ("json", "{\""), ("github", "::error file=wrong.wat,")]
    {
        for args in [&["check", "wrong.wat"][..], &["assemble", "wrong.wat"]] {
            let run = folder.run(&[args, &["--message-format", form]].concat());
            assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
            assert!(stdout(&run).starts_with(start), "{}", stdout(&run));
        }
        let run = folder.run(&["assemble", "wrong.wat", "-o", "-", "--message-format", form]);
        assert!(run.stdout.is_empty() && run.stderr.starts_with(start), "{}", run.stderr);
        let run = folder.run_with(&["assemble", "--message-format", form], WARNED.as_bytes());
        assert_eq!(run.stdout, gcwat::assemble(WARNED).unwrap());
        assert!(run.stderr.contains("W0001"), "{}", run.stderr);
    }
}

#[test]
fn colors_are_used_on_a_terminal_or_on_request() {
    let folder = Folder::with(&[("a.wat", WRONG)]);
    let is_colored = |args: &[&str], vars: &[(&str, &str)]| {
        let mut command = folder.command(&[&["check", "a.wat"], args].concat());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        let output = command.envs(vars.iter().copied()).output().unwrap();
        output.stderr.contains(&0x1b)
    };
    assert!(!is_colored(&[], &[]));
    assert!(is_colored(&["--color", "always"], &[]));
    assert!(is_colored(&["--color=always"], &[("NO_COLOR", "1")]));
    assert!(is_colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_colored(&[], &[("NO_COLOR", "1")]));
    let run = folder.run(&["check", "a.wat", "--color=always", "--message-format=short"]);
    assert!(!run.stdout.contains(&0x1b));
}

#[test]
fn people_see_fifty_errors_and_tools_a_thousand() {
    let text = |count: usize| (0..count).map(|i| format!("(func call $f{i})\n")).collect::<String>();
    let folder = Folder::with(&[("a.wat", &text(200)), ("b.wat", &text(1002))]);
    let shown = |name: &str, args: &[&str]| {
        let run = folder.run(&[&["check", name], args].concat());
        let mut lines: Vec<String> = stdout(&run).lines().map(str::to_owned).collect();
        lines.extend(run.stderr.lines().map(str::to_owned));
        let is_error = |line: &&String| {
            ["error[", "[E0301]", "E0301\"", "::error"].iter().any(|word| line.contains(word))
        };
        let is_more = |line: &&String| line.contains("... and") || line.starts_with('{');
        let last = lines.iter().rfind(is_more).cloned().unwrap_or_default();
        (lines.iter().filter(is_error).count(), last)
    };
    let more = |text: &str| text.to_owned();
    assert_eq!(shown("a.wat", &[]), (50, more("... and 150 more errors")));
    assert_eq!(shown("a.wat", &["--max-errors", "199"]), (199, more("... and 1 more error")));
    assert_eq!(shown("a.wat", &["--max-errors=0"]), (200, String::new()));
    assert_eq!(shown("a.wat", &["--message-format", "short"]), (200, String::new()));
    assert_eq!(shown("b.wat", &["--message-format", "short"]), (1000, more("b.wat: ... and 2 more errors")));
    assert_eq!(
        shown("b.wat", &["--message-format", "github"]),
        (1000, more("::notice file=b.wat::... and 2 more errors"))
    );
    assert_eq!(shown("b.wat", &["--message-format", "short", "--max-errors=0"]), (1002, String::new()));
    let (count, last) = shown("b.wat", &["--message-format", "json"]);
    assert_eq!(count, 1000);
    let last: serde_json::Value = serde_json::from_str(&last).unwrap();
    assert_eq!((&last["level"], &last["message"]), (&"failure-note".into(), &"... and 2 more errors".into()));
}

#[test]
fn many_errors_take_linear_time() {
    // Also as one line, so that computing columns and excerpts from the line start would be slow.
    for text in ["(func call $f)\n".repeat(5_000), "(func call $é)".repeat(5_000)] {
        let folder = Folder::with(&[("a.wat", &text)]);
        for form in ["human", "short", "json"] {
            let start = std::time::Instant::now();
            let run = folder.run(&["check", "a.wat", "--message-format", form]);
            assert_eq!(run.code, Some(1));
            assert!(start.elapsed().as_secs() < 15, "{form}: {:?}", start.elapsed());
        }
    }
}

// --------------------------------------------------------------------------------- Warnings

#[test]
fn a_warning_can_be_denied_or_allowed() {
    let folder = Folder::with(&[("a.wat", WARNED)]);
    let check = |args: &[&str]| {
        let run = folder.run(&[&["check", "a.wat", "--message-format", "short"], args].concat());
        assert_eq!(run.stderr, "");
        let level = stdout(&run).split(": ").nth(1).unwrap_or("").to_owned();
        assert!(level.is_empty() || stdout(&run).ends_with("[W0001]\n"));
        (run.code.unwrap(), level)
    };
    let (fine, warned, wrong) = ((0, String::new()), (0, "warning".to_owned()), (1, "error".to_owned()));
    assert_eq!(check(&[]), warned);
    assert_eq!(check(&["-D", "W0001"]), wrong);
    assert_eq!(check(&["--deny=w0001"]), wrong);
    assert_eq!(check(&["-D", "warnings"]), wrong);
    assert_eq!(check(&["-DW0002,W0001"]), wrong);
    assert_eq!(check(&["-D", "W0002", "-D", "W0003"]), warned);
    assert_eq!(check(&["-A", "W0001"]), fine);
    assert_eq!(check(&["--allow", "warnings"]), fine);
    assert_eq!(check(&["-A", "W0002"]), warned);
    // An option for one code takes precedence over an option for all codes.
    assert_eq!(check(&["-D", "warnings", "-A", "W0001"]), fine);
    assert_eq!(check(&["-A", "warnings", "-D", "W0001"]), wrong);
    assert_eq!(check(&["-D", "warnings", "-A", "W0002"]), wrong);
    // A denied warning prevents the output.
    assert_eq!(folder.run(&["assemble", "a.wat", "-D", "warnings"]).code, Some(1));
    assert_eq!(folder.names(), ["a.wat"]);
    folder.run(&["assemble", "a.wat", "-A", "W0001"]).fine();
    assert_eq!(folder.names(), ["a.wasm", "a.wat"]);
}

#[test]
fn an_error_cannot_be_allowed() {
    let folder = Folder::with(&[("a.wat", WARNED)]);
    folder
        .run(&["check", "-A", "E0301", "a.wat"])
        .fails(2, &["E0301 is an error, whose level cannot be changed"]);
    folder.run(&["check", "-A", "W0099", "a.wat"]).fails(2, &["unknown code `W0099`"]);
    folder.run(&["check", "-D", "W001", "a.wat"]).fails(2, &["unknown code `W001`; did you mean `W0001`?"]);
}

// -------------------------------------------------------------------------------------- Fix

#[test]
fn fix_applies_machine_applicable_suggestions() {
    let folder = Folder::with(&[("a.wat", OLD), ("b.wat", WARNED), ("c.wat", "(func)")]);
    let run = folder.run(&["check", "--fix", "--message-format", "short", "a.wat", "b.wat", "c.wat"]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.stderr,
        "fixed a.wat: 2 fixes\n  \
           a.wat:2:3: write `local.get` [E0115]\n  \
           a.wat:4:3: write `local.tee` [E0115]\n\
         fixed b.wat: 1 fix\n  \
           b.wat:2:23: write `(ref $t)` [W0001]\n"
    );
    assert!(stdout(&run).starts_with("a.wat:3:8: error: unknown function `$g`"), "{}", stdout(&run));
    assert_eq!(stdout(&run).lines().count(), 1);
    assert_eq!(folder.read("a.wat").unwrap(), OLD_FIXED.as_bytes());
    assert_eq!(folder.read("b.wat").unwrap(), WARNED.replace("test $t", "test (ref $t)").as_bytes());
    assert_eq!(folder.read("c.wat").unwrap(), b"(func)");
    assert_eq!(folder.names(), ["a.wat", "b.wat", "c.wat"]);
    // A second run changes nothing.
    let run = folder.run(&["check", "--fix", "--message-format", "short", "a.wat"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(1), ""));
}

#[test]
fn fixed_standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    let run = folder.run_with(&["check", "--fix"], OLD.as_bytes());
    assert_eq!((run.code, stdout(&run)), (Some(1), OLD_FIXED));
    assert!(run.stderr.starts_with("fixed <stdin>: 2 fixes\n") && run.stderr.contains("E0301"));
    let run = folder.run_with(&["check", "--fix", "--message-format=json"], OLD.as_bytes());
    assert_eq!(stdout(&run), OLD_FIXED);
    // As a filter, the command always returns the text, whatever errors it has.
    for text in ["", "(func)", WRONG] {
        assert_eq!(stdout(&folder.run_with(&["check", "--fix"], text.as_bytes())), text);
    }
    assert_eq!(folder.run_with(&["check", "--fix"], b"(func) \xff").stdout, b"(func) \xff");
}

#[test]
fn text_without_a_fix_is_unchanged() {
    let folder =
        Folder::with(&[("wrong.wat", WRONG), ("crlf.wat", "(func (param i32)\r\n\tget_local 0\r\n\tdrop)")]);
    let time = || fs::metadata(folder.path("wrong.wat")).unwrap().modified().unwrap();
    let before = time();
    folder.run(&["check", "--fix", "wrong.wat"]).fails(1, &["wrong.wat:3:10"]);
    assert_eq!((folder.read("wrong.wat").unwrap(), time()), (WRONG.as_bytes().to_vec(), before));
    folder.run(&["check", "--fix", "crlf.wat"]);
    assert_eq!(folder.read("crlf.wat").unwrap(), b"(func (param i32)\r\n\tlocal.get 0\r\n\tdrop)");
}

#[cfg(unix)]
#[test]
fn a_fixed_file_keeps_its_permissions_and_its_links() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("real.wat", OLD)]);
    fs::set_permissions(folder.path("real.wat"), fs::Permissions::from_mode(0o640)).unwrap();
    std::os::unix::fs::symlink("real.wat", folder.path("link.wat")).unwrap();
    folder.run(&["check", "--fix", "link.wat"]);
    assert!(folder.path("link.wat").is_symlink());
    assert_eq!(folder.read("real.wat").unwrap(), OLD_FIXED.as_bytes());
    assert_eq!(fs::metadata(folder.path("real.wat")).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn the_library_fixes_a_text_too() {
    let fixed = gcwat::Assembler::new().fix(OLD);
    assert_eq!(fixed.text, OLD_FIXED);
    assert_eq!(
        fixed.fixes.iter().map(|fix| (fix.at.line, fix.at.column)).collect::<Vec<_>>(),
        [(2, 3), (4, 3)]
    );
    assert_eq!(fixed.remaining, gcwat::check(OLD_FIXED));
    let same = gcwat::Assembler::new().allow(gcwat::Lint::BareTypeIndex).fix(WARNED);
    assert_eq!((same.text.as_str(), same.fixes.len(), same.remaining.len()), (WARNED, 0, 0));
}

// ---------------------------------------------------------------------------------- Explain

#[test]
fn explain_prints_the_page_of_a_code() {
    let folder = Folder::new();
    for code in ["E0301", "e0301"] {
        let page = folder.run(&["explain", code]).fine();
        assert_eq!(page, gcwat::Code::UnknownName.explanation().as_bytes());
    }
    assert!(folder.run(&["explain", "E0301", "W0001"]).fine().len() > 1000);
    folder.run(&["explain", "E0999"]).fails(2, &["unknown code `E0999`"]);
    folder.run(&["explain", "E301"]).fails(2, &["unknown code `E301`; did you mean `E0301`?"]);
}

#[test]
fn explain_lists_all_codes() {
    let list = String::from_utf8(Folder::new().run(&["explain"]).fine()).unwrap();
    assert_eq!(list.lines().count(), gcwat::Code::ALL.len());
    for (line, code) in list.lines().zip(gcwat::Code::ALL) {
        assert_eq!(line, format!("{code}  {}", code.summary()));
        assert!(line.len() <= 100, "{line}");
    }
}
