//! The command line as people type it in a shell: short forms, names of other tools, redirections, and messages.

#![cfg(all(feature = "cli", unix))]

use crate::cli::{Folder, Run};
use std::fs::{self, File};
use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const MODULE: &str = "(module $m (func $f (export \"f\")))\n";
const WRONG: &str = "(module\n  (func\n    call $f))\n";
const WARNED: &str = "(type $t (struct))\n(func (drop (ref.test $t (ref.null any))))\n";

fn bytes() -> Vec<u8> {
    gcwat::assemble(MODULE).unwrap()
}

/// Runs a line of a shell in a folder. `$0` is gcwat.
fn shell(folder: &Folder, line: &str) -> Run {
    let mut shell = Command::new("sh");
    shell.args(["-c", line, env!("CARGO_BIN_EXE_gcwat")]).current_dir(folder.path(""));
    Run::of(shell.stdin(Stdio::null()).output().unwrap())
}

// ---------------------------------------------------------------------------------- Short forms

#[test]
fn a_file_as_first_argument_is_assembled() {
    for args in [
        &["a.wat"][..],
        &["./a.wat"],
        &["a.wat", "-o", "a.wasm"],
        &["-o", "a.wasm", "a.wat"],
        &["--color", "never", "a.wat"],
        &["--emit", "wasm", "--color=never", "a.wat", "-f", "wasm2"],
        &["--", "a.wat"],
        &["plain", "-o", "a.wasm"],
    ] {
        let folder = Folder::with(&[("a.wat", MODULE), ("plain", MODULE)]);
        folder.run(args).fine();
        assert_eq!(folder.read("a.wasm"), Some(bytes()), "{args:?}");
    }
    assert_eq!(Folder::new().run_with(&["-"], MODULE.as_bytes()).fine(), bytes());
    Folder::new().run(&["missing.wat"]).fails(1, &["cannot read `missing.wat`"]);
    Folder::with(&[("a.wat", WRONG)]).run(&["a.wat"]).fails(1, &["a.wat:3:10"]);
    Folder::with(&[("a.wat", MODULE)])
        .run(&["a.wat", "--unknown"])
        .fails(2, &["--unknown", "gcwat assemble"]);
}

#[test]
fn a_subcommand_is_not_taken_for_a_file() {
    let folder = Folder::with(&[("a.wat", MODULE), ("check", MODULE)]);
    folder.run(&["check", "a.wat"]).fine();
    folder.run(&["check", "-o", "x", "a.wat"]).fails(2, &["'-o'", "gcwat check"]);
    folder.run(&["--color", "never", "check", "-o", "x", "a.wat"]).fails(2, &["'-o'", "gcwat check"]);
    folder.run(&["--unknown"]).fails(2, &["--unknown", "Usage: gcwat [OPTIONS]"]);
    folder.run(&["asembl", "a.wat"]).fails(2, &["unrecognized subcommand 'asembl'", "assemble"]);
    folder.run(&["add"]).fails(2, &["unrecognized subcommand 'add', and there is no file with this name"]);
    folder.run(&["a"]).fails(2, &["unrecognized subcommand 'a'; did you mean the file `a.wat`?"]);
    folder.run(&["-q"]).fails(2, &["a subcommand or a file is required"]);
    assert_eq!(folder.names(), ["a.wat", "check"]);
}

#[test]
fn the_names_of_other_tools_are_answered_with_the_command() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    for (name, command) in [
        ("parse", "gcwat assemble"),
        ("compile", "gcwat assemble"),
        ("wat2wasm", "gcwat assemble"),
        ("wasm-as", "gcwat assemble"),
        ("print", "gcwat disassemble"),
        ("wasm2wat", "gcwat disassemble"),
        ("objdump", "gcwat disassemble"),
        ("lint", "gcwat check"),
        ("fmt", "gcwat check --fix"),
        ("wast2json", "gcwat script"),
        ("json-from-wast", "gcwat script"),
        ("version", "gcwat --version"),
    ] {
        for args in [&[name][..], &[name, "a.wat", "-o", "x"]] {
            let stderr = folder.run(args).fails(2, &[&format!("unrecognized subcommand '{name}'"), command]);
            assert!(stderr.lines().next().unwrap().contains(command), "{stderr}");
        }
    }
    assert_eq!(folder.names(), ["a.wat"]);
}

#[test]
fn the_options_of_other_tools_are_answered_with_the_option() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    for (option, advice) in [
        ("--no-check", "`gcwat assemble --no-validate`"),
        ("--enable-all", "enabled by default"),
        ("--enable-gc", "enabled by default"),
        ("--disable-simd", "`--features=-gc`"),
        ("-O2", "does not optimize"),
        ("--fatal-warnings", "`-D warnings`"),
    ] {
        for args in [&["assemble", "a.wat", option][..], &["a.wat", option], &[option, "a.wat"]] {
            folder.run(args).fails(2, &["unexpected argument '-", advice]);
        }
    }
    // An option that only `assemble` has is named with it.
    for command in ["assemble", "check"] {
        folder.run(&[command, "-t", "a.wat"]).fails(2, &["`gcwat assemble --emit wat`"]);
        for (option, advice) in [("-Werror", "`-D warnings`"), ("-Wextra", "`-W all`")] {
            folder.run(&[command, option, "a.wat"]).fails(2, &["unknown code", advice]);
        }
        folder.run(&[command, "-Wall", "-Dwarnings", "--help"]).fine();
    }
    folder.run(&["check", "-W", "wrong", "a.wat"]).fails(2, &["unknown code `wrong`\n"]);
    assert_eq!(folder.names(), ["a.wat"]);
    fs::write(folder.path("b.wasm"), bytes()).unwrap();
    for args in [&["b.wasm"][..], &["assemble", "b.wasm", "a.wat"]] {
        folder.run(args).fails(1, &["`b.wasm` is a WebAssembly binary", "gcwat disassemble"]);
    }
}

#[test]
fn check_and_validate_take_texts_and_binaries() {
    let folder = Folder::with(&[("a.wat", MODULE), ("wrong.wat", WRONG)]);
    let invalid = gcwat::Assembler::new().validate(false).assemble("(func (result i32))").unwrap();
    fs::write(folder.path("fine.wasm"), bytes()).unwrap();
    fs::write(folder.path("invalid.wasm"), invalid.bytes()).unwrap();
    fs::write(folder.path("cut.wasm"), &bytes()[..20]).unwrap();
    fs::write(folder.path("component.wasm"), b"\0asm\x0d\0\x01\0").unwrap();
    let gc = gcwat::assemble("(type (struct))").unwrap();
    fs::write(folder.path("gc.wasm"), gc).unwrap();
    for command in ["check", "validate"] {
        folder.run(&[command, "a.wat", "fine.wasm", "gc.wasm"]).fine();
        folder.run(&[command, "wrong.wat", "fine.wasm"]).fails(1, &["wrong.wat:3:10"]);
        folder.run(&[command, "a.wat", "invalid.wasm"]).fails(1, &["invalid.wasm", "E0401", "at byte"]);
        folder.run(&[command, "cut.wasm"]).fails(1, &["cut.wasm", "E0401"]);
        folder.run(&[command, "component.wasm"]).fails(1, &["E0112", "component"]);
        folder.run(&[command, "-f", "wasm2", "gc.wasm"]).fails(1, &["gc.wasm", "E0401"]);
        assert_eq!(folder.run_with(&[command], &bytes()).fine(), b"");
        folder.run_with(&[command, "-"], invalid.bytes()).fails(1, &["<stdin>", "E0401"]);
        // A binary has nothing to fix.
        folder.run(&[command, "--fix", "invalid.wasm"]).fails(1, &["E0401"]);
    }
    assert_eq!(folder.read("invalid.wasm").unwrap(), invalid.bytes());
    let short = folder.run(&["check", "--message-format", "short", "invalid.wasm"]);
    let stdout = String::from_utf8(short.stdout).unwrap();
    assert!(stdout.starts_with("invalid.wasm:1:1: error: ") && stdout.ends_with("[E0401]\n"), "{stdout}");
}

// ---------------------------------------------------------------------------------- Scripts

const SCRIPT: &str = "\
(module (func (export \"f\") (result i32) (i32.const 1)))
(assert_return (invoke \"f\") (i32.const 1))
(assert_invalid (module (func (result i32))) \"type mismatch\")
(assert_malformed (module quote \"(func (\") \"unexpected\")
(module binary \"\\00asm\\01\\00\\00\\00\")
";

#[test]
fn check_of_a_script_checks_each_module() {
    let wrong =
        format!("{SCRIPT}(module (func (param i32) call $f get_local 0 drop))\n(module $m (func $g))\n");
    let unlinkable =
        "(assert_unlinkable (module (import \"a\" \"b\" (func)) (func call $h)) \"unknown import\")\n";
    let quoted = "(module quote \"(func call 7)\")\n(module binary \"\\00asm\")\n";
    let folder = Folder::with(&[
        ("fine.wast", SCRIPT),
        ("wrong.wast", &wrong),
        ("unlinkable.wast", unlinkable),
        ("quoted.wast", quoted),
        ("syntax.wast", "(assert_return (invoke \"f\") (i32.const x))\n"),
        ("module.wast", MODULE),
    ]);
    let short = |name: &str| {
        let run = folder.run(&["check", "--message-format", "short", name]);
        (run.code.unwrap(), String::from_utf8(run.stdout).unwrap())
    };
    assert_eq!(short("fine.wast"), (0, String::new()));
    assert_eq!(short("module.wast"), (0, String::new()));
    let (code, lines) = short("wrong.wast");
    assert_eq!(code, 1);
    let starts = ["wrong.wast:6:32: error: unknown function `$f`", "wrong.wast:6:35: error: "];
    assert_eq!(lines.lines().count(), 2, "{lines}");
    assert!(lines.lines().zip(starts).all(|(line, start)| line.starts_with(start)), "{lines}");
    assert!(short("unlinkable.wast").1.starts_with("unlinkable.wast:1:63: error: unknown function `$h`"));
    let (_, lines) = short("quoted.wast");
    assert!(lines.contains("quoted.wast:1:") && lines.contains("quoted.wast:2:"), "{lines}");
    assert!(short("syntax.wast").1.starts_with("syntax.wast:1:"));
    // The name of standard input tells the kind.
    let run = folder.run_with(&["check", "--stdin-filename", "x.wast", "-"], SCRIPT.as_bytes());
    run.fine();
    folder.run_with(&["check", "-"], SCRIPT.as_bytes()).fails(1, &["E0007"]);
    // Fixes are applied in each module.
    let run = folder.run(&["check", "--fix", "wrong.wast"]);
    assert_eq!(run.code, Some(1));
    let fixed = String::from_utf8(folder.read("wrong.wast").unwrap()).unwrap();
    assert_eq!(fixed, wrong.replace("get_local", "local.get"));
}

#[test]
fn modules_of_a_script_are_named_after_the_json_in_a_new_directory() {
    let folder = Folder::with(&[("i32.wast", SCRIPT), ("b.wast", MODULE)]);
    folder.run(&["script", "i32.wast", "-o", "out/deep/x.json"]).fine();
    let names = |path: &str| {
        let entries = fs::read_dir(folder.path(path)).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names("out/deep"), ["x.0.wasm", "x.1.wasm", "x.2.wat", "x.3.wasm", "x.json"]);
    let json = fs::read_to_string(folder.path("out/deep/x.json")).unwrap();
    assert!(json.contains("\"filename\":\"x.0.wasm\"") && json.contains("\"source_filename\":\"i32.wast\""));
    folder.run(&["script", "i32.wast", "b.wast", "-o", "all/"]).fine();
    assert_eq!(names("all").len(), 7);
    folder.run(&["script", "i32.wast", "b.wast", "-o", "x.json"]).fails(2, &["one FILE"]);
    fs::write(folder.path("file"), "").unwrap();
    folder
        .run(&["script", "b.wast", "-o", "file/x.json"])
        .fails(1, &["cannot create directory `file`", "file"]);
    // Without an error in a module, nothing is written.
    let wrong = Folder::with(&[("w.wast", "(module (func call $f))")]);
    wrong.run(&["script", "w.wast", "-o", "new/w.json"]).fails(1, &["w.wast:1:"]);
    assert_eq!(wrong.names(), ["w.wast"]);
}

// ---------------------------------------------------------------------------------- Outputs

#[test]
fn outputs_go_to_a_directory() {
    for option in [&["--out-dir", "out/deep"][..], &["-o", "out/deep/"], &["--out-dir=out/deep/"]] {
        let folder = Folder::with(&[("a.wat", MODULE), ("b.wat", "(func)")]);
        folder.run(&[&["assemble", "a.wat", "b.wat"], option].concat()).fine();
        assert_eq!(folder.read("out/deep/a.wasm"), Some(bytes()), "{option:?}");
        assert!(folder.read("out/deep/b.wasm").is_some());
        assert_eq!(folder.names(), ["a.wat", "b.wat", "out"]);
        folder.run(&[&["assemble", "a.wat", "b.wat", "--check"], option].concat()).fine();
        let more = ["assemble", "a.wat", "--emit", "js", "--dts", "--source-map"];
        folder.run(&[&more, option].concat()).fine();
        for name in ["a.js", "a.d.ts", "a.js.map"] {
            assert!(folder.read(&format!("out/deep/{name}")).is_some(), "{name}");
        }
    }
    let folder = Folder::with(&[("a.wat", MODULE), ("wrong.wat", WRONG)]);
    fs::create_dir(folder.path("sub")).unwrap();
    fs::write(folder.path("sub/a.wat"), MODULE).unwrap();
    // Nothing is written, nor a directory created, if there is an error.
    folder.run(&["assemble", "wrong.wat", "--out-dir", "new"]).fails(1, &["wrong.wat:3:10"]);
    folder.run(&["assemble", "a.wat", "sub/a.wat", "--out-dir", "new"]).fails(1, &["cannot be both"]);
    folder.run(&["assemble", "a.wat", "-o", "x", "--out-dir", "new"]).fails(2, &["cannot be used with"]);
    assert_eq!(folder.names(), ["a.wat", "sub", "wrong.wat"]);
    folder
        .run(&["assemble", "a.wat", "--out-dir", "wrong.wat"])
        .fails(1, &["cannot create directory `wrong.wat`"]);
    folder.run(&["assemble", "a.wat", "-o", "sub"]).fails(1, &["cannot write `sub`: it is a directory"]);
    // Standard input has no name of its own.
    folder.run(&["assemble", "--out-dir", "new"]).fails(2, &["--stdin-filename"]);
    folder.run_with(&["assemble", "--stdin-filename", "x.wat", "-o", "new/"], MODULE.as_bytes()).fine();
    assert_eq!(folder.read("new/x.wasm"), Some(bytes()));
    folder.run(&["disassemble", "new/x.wasm", "-o", "texts/"]).fine();
    assert!(folder.read("texts/x.wat").is_some());
}

#[test]
fn a_redirection_that_stays_empty_is_explained() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let note = "note: the output is in `a.wasm`; `-o -` writes it to standard output\n";
    for (line, expected) in [
        ("\"$0\" assemble a.wat > x.wasm", note),
        ("\"$0\" a.wat > x.wasm", note),
        ("\"$0\" assemble a.wat 2> err | cat; cat err >&2", note),
        ("\"$0\" -q assemble a.wat > x.wasm", ""),
        ("\"$0\" assemble a.wat -o a.wasm > x.wasm", ""),
        ("\"$0\" assemble a.wat --out-dir . > x.wasm", ""),
        ("\"$0\" assemble a.wat --check > x.wasm", ""),
        ("\"$0\" assemble - < a.wat > x.wasm", ""),
        ("\"$0\" assemble a.wat > /dev/null", ""),
        // A log of several commands, and a program that collects all outputs.
        ("{ echo log; \"$0\" assemble a.wat; } > x.wasm", ""),
        ("\"$0\" assemble a.wat > x.wasm 2>&1", ""),
        ("\"$0\" assemble a.wat", ""),
    ] {
        let run = shell(&folder, line);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), expected), "{line}");
    }
}

#[test]
fn an_input_that_is_listed_twice_is_refused() {
    let folder = Folder::with(&[("a.wat", MODULE), ("a.wast", MODULE)]);
    fs::create_dir(folder.path("sub")).unwrap();
    for args in [
        &["assemble", "a.wat", "a.wat"][..],
        &["assemble", "a.wat", "./a.wat"],
        &["assemble", "a.wat", "a.wat", "--check"],
        &["assemble", "sub/../a.wat", "a.wat", "--out-dir", "new"],
        &["script", "a.wast", "a.wast"],
        &["assemble", "-", "-"],
        &["assemble", "-", "a.wat", "-"],
        &["check", "-", "-"],
    ] {
        folder.run(args).fails(2, &["is listed twice"]);
    }
    assert_eq!(folder.names(), ["a.wast", "a.wat", "sub"]);
    folder.run(&["check", "a.wat", "a.wat"]).fine();
}

#[test]
fn an_option_without_a_meaning_is_refused() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    for (args, words) in [
        (&["--name", "x"][..], &["`--name` cannot be used with `--emit wasm`", "c, js"][..]),
        (&["--name", "x", "--emit", "hex"], &["`--name` cannot be used with `--emit hex`"]),
        (&["--annotate"], &["`--annotate` cannot be used with `--emit wasm`"]),
        (&["--stdin-filename", "x.wat"], &["`--stdin-filename`", "standard input"]),
        (&["-q", "-v"], &["cannot be used with"]),
    ] {
        folder.run(&[&["assemble", "a.wat"], args].concat()).fails(2, words);
    }
    folder.run(&["check", "--stdin-filename", "x.wat", "a.wat"]).fails(2, &["`--stdin-filename`"]);
    assert_eq!(folder.names(), ["a.wat"]);
    folder.run(&["assemble", "a.wat", "--name", "x", "--emit", "c"]).fine();
}

/// The module is written where the descriptor is, and the descriptor is left after it.
#[cfg(target_os = "linux")]
#[test]
fn an_open_descriptor_is_written_at_its_position() {
    let folder = Folder::with(&[("a.wat", MODULE), ("out", "0123456789")]);
    let hex: String = bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    for (line, expected) in [
        (
            "{ echo before >&3; \"$0\" assemble a.wat --emit hex -o /dev/fd/3; echo after >&3; } 3> out",
            "before\n",
        ),
        (
            "{ echo before >&7; \"$0\" assemble a.wat --emit hex -o /proc/self/fd/7; echo after >&7; } 7>> out",
            "before\n",
        ),
    ] {
        fs::write(folder.path("out"), "").unwrap();
        let run = shell(&folder, line);
        assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{line}");
        assert_eq!(
            fs::read_to_string(folder.path("out")).unwrap(),
            format!("{expected}{hex}\nafter\n"),
            "{line}"
        );
    }
    // A pipe, and a descriptor that is not open or not for writing.
    let run = shell(&folder, "\"$0\" assemble a.wat --emit hex -o /dev/fd/3 3>&1 >/dev/null | cat");
    assert_eq!(run.fine(), format!("{hex}\n").into_bytes());
    fs::write(folder.path("out"), "old").unwrap();
    shell(&folder, "\"$0\" assemble a.wat -o /dev/fd/3 3< out").fails(1, &["cannot write `/dev/fd/3`"]);
    shell(&folder, "\"$0\" assemble a.wat -o /dev/fd/33").fails(1, &["cannot write `/dev/fd/33`"]);
    assert_eq!(fs::read(folder.path("out")).unwrap(), b"old");
}

// ---------------------------------------------------------------------------------- Messages

#[test]
fn errors_of_files_are_worded_alike() {
    let folder = Folder::with(&[("a.wat", MODULE), ("a.wast", MODULE)]);
    fs::write(folder.path("a.wasm"), bytes()).unwrap();
    fs::create_dir(folder.path("sub")).unwrap();
    for command in ["assemble", "check", "disassemble", "script"] {
        for (path, reason) in [
            ("missing", "No such file"),
            ("no/such/file", "directory `no` not found"),
            ("sub/no/file", "directory `sub/no` not found"),
            ("a.wat/file", "`a.wat` is not a directory"),
            ("sub", "it is a directory"),
        ] {
            let expected = format!("error: cannot read `{path}`: {reason}\n");
            assert_eq!(folder.run(&[command, path]).fails(1, &[]), expected, "{command}");
        }
    }
    for args in [
        &["assemble", "a.wat", "-o"][..],
        &["assemble", "a.wat", "-o", "x", "--depfile"],
        &["disassemble", "a.wasm", "-o"],
    ] {
        for (path, reason) in [
            ("no/such/file", "directory `no` not found"),
            ("a.wat/file", "`a.wat` is not a directory"),
            ("sub", "it is a directory"),
            ("/dev/full", "No space left on device"),
        ] {
            let expected = format!("error: cannot write `{path}`: {reason}\n");
            assert_eq!(folder.run(&[args, &[path]].concat()).fails(1, &[]), expected, "{args:?}");
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_reported_in_every_format() {
    let folder =
        Folder::with(&[("wrong.wat", WRONG), ("warned.wat", WARNED), ("a.wat", MODULE), ("a.h", "old")]);
    let full = |args: &[&str], code: i32| {
        let mut command = folder.command(args);
        command.stdout(File::options().write(true).open("/dev/full").unwrap());
        let run = Run::of(command.output().unwrap());
        let message = "error: cannot write standard output: No space left on device\n";
        assert!(run.code == Some(code) && run.stderr.contains(message), "{args:?}: {}", run.stderr);
    };
    for format in ["short", "json", "github", "sarif"] {
        full(&["check", "--message-format", format, "wrong.wat"], 1);
        full(&["check", "--message-format", format, "warned.wat"], 1);
        full(&["assemble", "--message-format", format, "warned.wat", "-o", "x"], 1);
    }
    for format in ["wasm", "wat", "c", "js", "em-js", "rust", "python", "hex", "base64", "json", "listing"] {
        full(&["assemble", "a.wat", "--emit", format, "-o", "-"], 1);
    }
    full(&["assemble", "a.wat", "--emit", "c", "--check"], 1);
    for args in [
        &["explain"][..],
        &["explain", "E0301"],
        &["completions", "bash"],
        &["completions", "zsh"],
        &["man"],
        &["--version"],
        &["--help"],
        &["check", "--help"],
        &["check", "-f", "help"],
    ] {
        full(args, 1);
    }
}

#[test]
fn quiet_prints_errors_only() {
    let folder = Folder::with(&[("warned.wat", WARNED), ("wrong.wat", WRONG)]);
    for args in
        [&["-q", "check", "warned.wat"][..], &["check", "--quiet", "warned.wat"], &["warned.wat", "-q"]]
    {
        folder.run(args).fine();
    }
    folder.run(&["-q", "check", "wrong.wat"]).fails(1, &["E0301"]);
    folder.run(&["-q", "check", "-D", "warnings", "warned.wat"]).fails(1, &["error[W0001]"]);
    for format in ["short", "json", "github"] {
        assert_eq!(folder.run(&["check", "-q", "warned.wat", "--message-format", format]).fine(), b"");
    }
    let run = folder.run(&["check", "-q", "--fix", "warned.wat"]);
    run.fine();
}

#[test]
fn verbose_prints_each_stage_with_its_time() {
    let folder = Folder::with(&[("a.wat", MODULE), ("wrong.wat", WRONG), ("s.wast", SCRIPT)]);
    let stderr = |args: &[&str]| {
        let run = folder.run(args);
        assert!(run.stdout.is_empty());
        assert!(
            run.stderr.lines().filter(|line| line.starts_with("verbose: ")).all(|line| line.ends_with(" ms"))
        );
        run.stderr
    };
    let lines = stderr(&["-v", "assemble", "a.wat"]);
    for words in [
        "a.wat: read 35 bytes in ",
        "a.wat: scanned the text in ",
        "a.wat: assembled functions",
        "a.wat: validated the module in ",
        "a.wat: wrote `a.wasm` in ",
        "a.wat: finished in ",
    ] {
        assert!(lines.contains(words), "{words}: {lines}");
    }
    assert!(!stderr(&["assemble", "--verbose", "--no-validate", "a.wat"]).contains("validated"));
    assert!(stderr(&["check", "-v", "wrong.wat"]).contains("wrong.wat: searched for errors in "));
    assert!(stderr(&["script", "-v", "s.wast"]).contains("s.wast: assembled functions"));
    assert!(stderr(&["disassemble", "-v", "a.wasm", "-o", "x.wat"]).contains("wrote `x.wat`"));
}

#[test]
fn colors_can_be_set_before_the_subcommand() {
    let folder = Folder::with(&[("wrong.wat", WRONG)]);
    let run = folder.run(&["--color", "always", "check", "wrong.wat"]);
    assert!(run.stderr.contains('\u{1b}'), "{}", run.stderr);
    assert!(!folder.run(&["--color=never", "check", "wrong.wat"]).stderr.contains('\u{1b}'));
    folder.run(&["--color", "red", "check", "wrong.wat"]).fails(2, &["'red'"]);
}

#[test]
fn names_that_reassembling_would_drop_are_reported() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    folder.run(&["assemble", "-g", "a.wat", "-o", "named.wasm"]).fine();
    folder.run(&["assemble", "a.wat", "-o", "plain.wasm"]).fine();
    let run = folder.run(&["disassemble", "named.wasm", "-o", "named.wat"]);
    let note = "note: `named.wasm` has names; `gcwat assemble -g` keeps them\n";
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), note));
    folder.run(&["assemble", "-g", "named.wat", "-o", "again.wasm"]).fine();
    assert_eq!(folder.read("again.wasm"), folder.read("named.wasm"));
    folder.run(&["disassemble", "plain.wasm", "-o", "plain.wat"]).fine();
    folder.run(&["-q", "disassemble", "named.wasm", "-o", "named.wat"]).fine();
}

// ---------------------------------------------------------------------------------- Version

#[test]
fn the_version_has_the_commit_and_verbose_the_build() {
    let text = |args: &[&str]| String::from_utf8(Folder::new().run(args).fine()).unwrap();
    let line = text(&["--version"]);
    assert_eq!(line.lines().count(), 1);
    let commit = line.trim_end().split_once(" (").and_then(|(_, rest)| rest.strip_suffix(')'));
    let in_git =
        Command::new("git").args(["rev-parse", "HEAD"]).current_dir(env!("CARGO_MANIFEST_DIR")).output();
    let in_git = in_git.ok().filter(|output| output.status.success()).map(|output| output.stdout);
    if let (Some(commit), Some(in_git)) = (commit, in_git) {
        assert!(commit.len() == 10 && String::from_utf8(in_git).unwrap().starts_with(commit), "{line}");
    }
    for args in [&["--version", "--verbose"][..], &["-V", "-v"], &["-v", "-V"], &["-vV"]] {
        let verbose = text(args);
        assert!(verbose.starts_with(&line));
        for words in ["\ncommit: ", "\ntarget: ", "\ncompiler: rustc ", "\nfeatures: ", " gc, "] {
            assert!(verbose.contains(words), "{words}: {verbose}");
        }
    }
}

// ---------------------------------------------------------------------------------- Streams without an end

/// Runs gcwat with an endless input.
fn with_endless(args: &[&str], line: &[u8]) -> Run {
    let mut command = Folder::new().command(args);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.current_dir(std::env::temp_dir()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let block = line.repeat((1 << 20) / line.len());
    std::thread::spawn(move || while stdin.write_all(&block).is_ok() {});
    Run::of(child.wait_with_output().unwrap())
}

#[test]
fn an_endless_stream_of_text_is_not_read_for_long() {
    let start = Instant::now();
    for line in [&b"y\n"[..], b"  hello world\n", b";; comment\ny\n"] {
        for command in ["check", "assemble"] {
            with_endless(&[command], line).fails(1, &["error[E", "<stdin>:"]);
        }
    }
    assert!(start.elapsed() < Duration::from_secs(20));
    // A text that could be a module is read up to the limit.
    for line in [&b"(func)\n"[..], b";; comment\n"] {
        with_endless(&["check"], line)
            .fails(1, &["cannot read `<stdin>`", "one gibibyte", "limit for a stream"]);
    }
}
