//! Files and streams that cannot be read or written, are not files, never end, or change during a run.

#![cfg(all(feature = "cli", target_os = "linux"))]

use crate::cli::{Folder, Run};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

const MODULE: &str = "(module (func (export \"f\")))\n";
const WRONG: &str = "(module (func (call $f)))\n";

#[test]
fn a_path_that_is_not_a_file_cannot_be_read() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    fs::create_dir(folder.path("sub.wat")).unwrap();
    for command in ["assemble", "check"] {
        folder.run(&[command, "sub.wat"]).fails(1, &["cannot read `sub.wat`", "directory"]);
        folder.run(&[command, "missing.wat"]).fails(1, &["cannot read `missing.wat`", "No such file"]);
        folder.run(&[command, "a.wat/b.wat"]).fails(1, &["cannot read `a.wat/b.wat`"]);
        folder.run(&[command, &"a".repeat(5000)]).fails(1, &["cannot read"]);
        // Opening succeeds here, but reading fails.
        folder.run(&[command, "/proc/self/mem"]).fails(1, &["cannot read `/proc/self/mem`"]);
        let mut child = folder.command(&[command]);
        child.stdin(File::open(folder.path("sub.wat")).unwrap());
        Run::of(child.output().unwrap()).fails(1, &["cannot read `<stdin>`", "directory"]);
    }
    assert_eq!(folder.names(), ["a.wat", "sub.wat"]);
}

#[test]
fn a_file_without_read_permission_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.wat", MODULE)]);
    fs::set_permissions(folder.path("a.wat"), fs::Permissions::from_mode(0o000)).unwrap();
    if File::open(folder.path("a.wat")).is_ok() {
        // This user may access everything.
        return;
    }
    for command in ["assemble", "check"] {
        folder.run(&[command, "a.wat"]).fails(1, &["cannot read `a.wat`", "ermission denied"]);
    }
}

#[test]
fn write_errors_are_reported() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    fs::create_dir(folder.path("sub")).unwrap();
    for (output, word) in [
        ("missing/a.wasm", "not found"),
        ("a.wat/a.wasm", "a.wat/a.wasm"),
        ("sub", "sub"),
        ("/proc/a.wasm", "/proc/a.wasm"),
        ("/dev/full", "No space left"),
    ] {
        folder.run(&["assemble", "a.wat", "-o", output]).fails(1, &["cannot write", word]);
    }
    let long = "a".repeat(300);
    folder.run(&["assemble", "a.wat", "-o", &long]).fails(1, &["cannot write"]);
    assert_eq!(folder.names(), ["a.wat", "sub"]);
}

#[test]
fn a_full_disk_is_reported_for_every_kind_of_output() {
    let folder = Folder::with(&[("a.wat", MODULE), ("old.wat", "(func (param i32) (drop (get_local 0)))")]);
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    let run = |args: &[&str]| {
        let mut command = folder.command(args);
        command.stdout(full());
        Run::of(command.output().unwrap())
    };
    run(&["assemble", "a.wat", "-o", "-"]).fails(1, &["cannot write standard output", "No space left"]);
    run(&["assemble", "a.wat", "-o", "/dev/stdout"]).fails(1, &["cannot write", "No space left"]);
    run(&["explain", "E0301"]).fails(1, &["cannot write standard output", "No space left"]);
    let mut command = folder.command(&["check", "--fix"]);
    command.stdin(File::open(folder.path("old.wat")).unwrap()).stdout(full());
    Run::of(command.output().unwrap()).fails(1, &["cannot write standard output", "No space left"]);
}

#[test]
fn closing_a_stream_early_is_not_a_panic() {
    let wrong: String = (0..20_000).map(|i| format!("(func (call $f{i}))\n")).collect();
    let folder = Folder::with(&[("wrong.wat", &wrong)]);
    for format in ["short", "json", "github"] {
        let mut command = folder.command(&["check", "wrong.wat", "--message-format", format]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        // Read only a part of the output.
        child.stdout.take().unwrap().read_exact(&mut [0; 100]).unwrap();
        assert_eq!(Run::of(child.wait_with_output().unwrap()).code, Some(1));
    }
    let large = Folder::with(&[("large.wat", &format!("(data \"{}\")", "x".repeat(1 << 20)))]);
    let mut command = large.command(&["assemble", "large.wat", "-o", "-"]);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 100]).unwrap();
    Run::of(child.wait_with_output().unwrap()).fails(1, &["cannot write standard output"]);
}

#[test]
fn closed_streams_are_handled() {
    let folder = Folder::with(&[("a.wat", MODULE), ("wrong.wat", WRONG)]);
    for (script, code) in [
        ("\"$0\" assemble a.wat >&- 2>&-", 0),
        ("\"$0\" assemble wrong.wat >&- 2>&-", 1),
        ("\"$0\" check wrong.wat >&- 2>&- <&-", 1),
        ("\"$0\" check wrong.wat --message-format json >&-", 1),
        ("\"$0\" assemble -o /dev/null <&-", 0),
    ] {
        let mut command = std::process::Command::new("sh");
        command.args(["-c", script, env!("CARGO_BIN_EXE_gcwat")]).current_dir(folder.path("."));
        assert_eq!(Run::of(command.output().unwrap()).code, Some(code), "{script}");
    }
}

#[test]
fn a_named_pipe_is_read_and_written() {
    let folder = Folder::new();
    let pipe = |name: &str| {
        let made = std::process::Command::new("mkfifo").arg(folder.path(name)).status();
        assert!(made.unwrap().success());
    };
    pipe("in.wat");
    pipe("out");
    let child = folder
        .command(&["assemble", "in.wat", "-o", "out"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    fs::write(folder.path("in.wat"), MODULE).unwrap();
    let read = fs::read(folder.path("out")).unwrap();
    Run::of(child.wait_with_output().unwrap()).fine();
    assert_eq!(read, gcwat::assemble(MODULE).unwrap());
    assert_eq!(folder.names(), ["in.wat", "out"]);
}

#[test]
fn one_file_may_be_checked_twice() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    folder.run(&["check", "a.wat", "a.wat"]).fine();
    folder.run(&["assemble", "a.wat", "a.wat", "./a.wat"]).fails(2, &["is listed twice"]);
    assert_eq!(folder.names(), ["a.wat"]);
}

#[test]
fn a_file_that_is_too_large_is_not_read() {
    let folder = Folder::new();
    let start = Instant::now();
    // The file is sparse and takes no space on disk.
    for size in [u64::from(u32::MAX), 5 << 30, 1 << 40] {
        File::create(folder.path("huge.wat")).unwrap().set_len(size).unwrap();
        for command in ["assemble", "check"] {
            folder.run(&[command, "huge.wat"]).fails(1, &["huge.wat", "four gibibytes"]);
        }
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_binary_stream_is_not_read_to_its_end() {
    let start = Instant::now();
    for command in ["assemble", "check"] {
        Folder::new().run(&[command, "/dev/zero"]).fails(1, &["E0007"]);
        Folder::new().run(&[command, "/dev/urandom"]).fails(1, &["E0007"]);
    }
    for stream in ["/dev/zero", "/dev/urandom"] {
        Folder::new().run(&["disassemble", stream]).fails(1, &["not a WebAssembly binary"]);
    }
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn a_character_across_a_read_boundary_is_decoded() {
    let folder = Folder::new();
    for before in [1 << 16, (1 << 24) + (1 << 16)].into_iter().flat_map(|border| border - 3..=border) {
        let text = format!(";;{}\u{1f600}\n(func)", "a".repeat(before - 2));
        assert_eq!(
            folder.run_with(&["assemble"], text.as_bytes()).fine(),
            gcwat::assemble("(func)").unwrap()
        );
    }
}

#[test]
fn a_killed_run_leaves_the_old_or_the_new_output() {
    let text = format!("(module {})", "(func (drop (i32.add (i32.const 1) (i32.const 2))))\n".repeat(20_000));
    let folder = Folder::with(&[("a.wat", &text), ("out.wasm", "old")]);
    let new = gcwat::assemble(&text).unwrap();
    let mut all = 0;
    for wait in (0..300).step_by(20) {
        let mut child = folder.command(&["assemble", "a.wat", "-o", "out.wasm"]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = folder.read("out.wasm").unwrap();
        assert!(found == b"old" || found == new, "half a file of {} bytes", found.len());
        all += usize::from(found == new);
        if found == new {
            fs::write(folder.path("out.wasm"), "old").unwrap();
        }
    }
    // The output appears eventually, even on a slow machine.
    folder.run(&["assemble", "a.wat", "-o", "out.wasm"]).fine();
    assert_eq!(folder.read("out.wasm").unwrap(), new, "{all}");
}

#[test]
fn an_input_that_changes_during_the_run_does_no_harm() {
    let small = MODULE.to_owned();
    let large = format!("{}{MODULE}", ";; \u{e9}\u{4e16} is a comment\n".repeat(250_000));
    for text in [small, large] {
        let folder = Folder::with(&[("a.wat", &text)]);
        let (path, gone) = (folder.path("a.wat"), std::sync::atomic::AtomicBool::new(false));
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !gone.load(std::sync::atomic::Ordering::Relaxed) {
                    let mut file = File::create(&path).unwrap();
                    file.write_all(text.repeat(2).as_bytes()).unwrap();
                    file.set_len(0).unwrap();
                    file.write_all(text.as_bytes()).unwrap();
                }
            });
            for _ in 0..20 {
                let run = folder.run(&["assemble", "a.wat", "-o", "out.wasm", "--message-format", "short"]);
                assert!(matches!(run.code, Some(0 | 1)), "{}", run.stderr);
            }
            gone.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }
}
