//! The files that a run may write, and their state afterwards. No output overwrites an input, another output, or a file
//! that the user must not change.

#![cfg(all(feature = "cli", target_os = "linux"))]

use crate::cli::{Folder, Run};
use crate::emit::{has, tool};
use std::ffi::OsStr;
use std::fs::{self, File, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt, chown, symlink};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

const MODULE: &str = "(module (func (export \"f\")))\n";

fn bytes() -> Vec<u8> {
    gcwat::assemble(MODULE).unwrap()
}

fn contents(folder: &Folder) -> Vec<(String, Vec<u8>)> {
    folder.names().into_iter().map(|name| (name.clone(), folder.read(&name).unwrap_or_default())).collect()
}

// ---------------------------------------------------------------------------------- Nothing is overwritten

#[test]
fn no_output_overwrites_an_input() {
    let folder = Folder::with(&[("m.wat", MODULE), ("m.wast", MODULE), ("m.js", MODULE), ("m.wasm", MODULE)]);
    symlink("m.wat", folder.path("soft")).unwrap();
    fs::hard_link(folder.path("m.wat"), folder.path("hard")).unwrap();
    fs::create_dir(folder.path("sub")).unwrap();
    symlink("../m.wat", folder.path("sub/soft.wasm")).unwrap();
    fs::write(folder.path("sub/soft.wat"), MODULE).unwrap();
    let before = contents(&folder);
    for args in [
        &["assemble", "--emit", "wat", "m.wast", "m.wat"][..],
        &["assemble", "--emit", "wat", "m.wat", "m.wast"],
        &["assemble", "--emit", "wat", "./m.wast", "sub/../m.wat"],
        &["assemble", "--emit", "wat", "m.wast", "soft"],
        &["assemble", "--emit", "wat", "m.wast", "hard"],
        &["assemble", "--emit", "wat", "--check", "m.wast", "m.wat"],
        &["assemble", "m.wat", "m.wasm"],
        &["assemble", "m.wat", "-o", "soft"],
        &["assemble", "m.wat", "-o", "hard"],
        &["assemble", "hard", "-o", "soft"],
        &["assemble", "sub/soft.wat", "m.wat"],
        &["assemble", "m.wat", "-o", "x", "--source-map=m.wat"],
        &["assemble", "m.wat", "-o", "x", "--source-map=hard"],
        &["assemble", "m.wat", "-o", "x", "--depfile", "soft"],
        &["assemble", "m.wat", "m.js", "--emit", "js"],
        &["disassemble", "m.wasm", "-o", "m.wasm"],
        &["script", "m.wast", "-o", "m.wast"],
        &["script", "m.wast", "-o", "hard", "m.wat"],
    ] {
        let run = folder.run(args);
        let refused = run.code == Some(2) || run.stderr.contains("is the input");
        assert!(refused && run.code != Some(0) && run.stdout.is_empty(), "{args:?}: {}", run.stderr);
        assert!(contents(&folder) == before, "{args:?}");
    }
}

#[test]
fn no_output_overwrites_another() {
    let folder = Folder::with(&[("a.wat", MODULE), ("a.wast", MODULE), ("b.wat", MODULE), ("x", "old")]);
    symlink("new", folder.path("ahead")).unwrap();
    symlink("x", folder.path("soft")).unwrap();
    fs::hard_link(folder.path("x"), folder.path("hard")).unwrap();
    symlink("a.wasm", folder.path("b.wasm")).unwrap();
    let before = contents(&folder);
    for args in [
        &["assemble", "a.wat", "a.wast"][..],
        &["assemble", "a.wat", "./a.wast", "--emit", "c"],
        &["assemble", "a.wat", "a.wast", "--check"],
        &["assemble", "a.wat", "b.wat"],
        &["assemble", "a.wat", "-o", "x", "--source-map=x"],
        &["assemble", "a.wat", "-o", "x", "--source-map=./x"],
        &["assemble", "a.wat", "-o", "x", "--source-map=soft"],
        &["assemble", "a.wat", "-o", "x", "--source-map=hard"],
        &["assemble", "a.wat", "-o", "new", "--source-map=ahead"],
        &["assemble", "a.wat", "-o", "x", "--depfile", "x"],
        &["assemble", "a.wat", "-o", "x", "--source-map", "--depfile", "x.map"],
        &["assemble", "a.wat", "-o", "y.js", "--emit", "js", "--dts", "--depfile", "y.d.ts"],
        &["assemble", "a.wat", "-o", "y.js", "--emit", "js", "--dts", "--source-map=y.d.ts"],
        &["assemble", "a.wat", "-o", "y.d.ts", "--emit", "js", "--dts", "--source-map=y.d.d.ts"],
        &["script", "a.wat", "a.wast"],
    ] {
        let run = folder.run(args);
        assert!(matches!(run.code, Some(1 | 2)) && run.stderr.contains("both"), "{args:?}: {}", run.stderr);
        assert!(contents(&folder) == before, "{args:?}");
    }
}

#[test]
fn an_input_on_a_standard_stream_is_not_overwritten() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let mut command = folder.command(&["assemble", "-o", "a.wat"]);
    command.stdin(File::open(folder.path("a.wat")).unwrap());
    Run::of(command.output().unwrap()).fails(1, &["is the input"]);
    let mut command = folder.command(&["assemble", "a.wat", "-o", "-"]);
    command.stdout(File::options().append(true).open(folder.path("a.wat")).unwrap());
    Run::of(command.output().unwrap()).fails(1, &["is the input"]);
    assert_eq!(folder.read("a.wat").unwrap(), MODULE.as_bytes());
}

#[test]
fn several_outputs_can_go_to_one_device() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let args = ["assemble", "a.wat", "-o", "/dev/null", "--source-map=/dev/null", "--depfile", "/dev/null"];
    folder.run(&args).fine();
    assert_eq!(folder.names(), ["a.wat"]);
    // The output of the test is a pipe.
    for args in [
        &["assemble", "a.wat", "-o", "-", "--source-map=/dev/stdout"][..],
        &["assemble", "a.wat", "-o", "/dev/stdout", "--source-map=/dev/fd/1"],
        &["assemble", "a.wat", "-o", "x", "--source-map=/dev/stdout", "--depfile", "/dev/stdout"],
    ] {
        folder.run(args).fails(1, &["standard output cannot be both"]);
    }
    folder.run(&["assemble", "a.wat", "-o", "x", "--source-map=-"]).fails(2, &["needs a name"]);
    folder.run(&["assemble", "a.wat", "-o", "x", "--depfile", "-"]).fails(2, &["needs the name"]);
    assert_eq!(folder.names(), ["a.wat"]);
    folder
        .run(&["assemble", "a.wat", "-o", "x", "--depfile", "."])
        .fails(1, &["cannot write `.`", "directory"]);
    folder.run(&["assemble", "a.wat", "-o", "x", "--source-map=/"]).fails(1, &["cannot write `/`"]);
}

#[test]
fn every_output_can_go_to_a_named_pipe() {
    for option in ["-o=pipe", "--source-map=pipe", "--depfile=pipe"] {
        let folder = Folder::with(&[("a.wat", MODULE)]);
        let line = "mkfifo pipe && cat pipe > got & while ! [ -p pipe ]; do sleep 0.01; done; \"$0\" assemble a.wat $1; wait";
        let mut shell = Command::new("sh");
        shell.args(["-c", line, env!("CARGO_BIN_EXE_gcwat"), option]).current_dir(folder.path(""));
        Run::of(shell.output().unwrap()).fine();
        assert!(!folder.read("got").unwrap().is_empty(), "{option}");
        assert!(fs::metadata(folder.path("pipe")).unwrap().file_type().is_fifo());
    }
}

// ---------------------------------------------------------------------------------- Streams

#[test]
fn an_open_stream_is_written_in_place() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    symlink("/dev/stdout", folder.path("link")).unwrap();
    let hex: String = bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    for (output, redirection) in [
        ("-", ">"),
        ("/dev/stdout", ">"),
        ("/dev/stdout", ">>"),
        ("/dev/fd/1", ">"),
        ("/proc/self/fd/1", ">"),
        ("/proc/thread-self/fd/1", ">"),
        ("link", ">"),
        ("/dev/stderr", "2>"),
        ("/dev/fd/2", "2>"),
        ("/dev/fd/3", "3>"),
        ("/dev/fd/3", "3>>"),
    ] {
        let descriptor = if redirection.starts_with('>') { "1" } else { &redirection[..1] };
        let line = format!(
            "{{ echo before >&{descriptor}; \"$0\" assemble a.wat --emit hex -o {output}; \
             echo after >&{descriptor}; }} {redirection} out"
        );
        fs::write(folder.path("out"), "").unwrap();
        let number = fs::metadata(folder.path("out")).unwrap().ino();
        let mut shell = Command::new("sh");
        shell.args(["-c", &line, env!("CARGO_BIN_EXE_gcwat")]).current_dir(folder.path(""));
        Run::of(shell.output().unwrap()).fine();
        let found = String::from_utf8(folder.read("out").unwrap()).unwrap();
        let is_at_end = redirection != "3>";
        assert!(
            found.starts_with(&format!("before\n{}", if is_at_end { &hex } else { "" })),
            "{line}: {found}"
        );
        assert!(!is_at_end || found.ends_with("after\n"), "{line}: {found}");
        assert_eq!(fs::metadata(folder.path("out")).unwrap().ino(), number, "{line}");
        assert!(folder.path("link").is_symlink());
    }
}

// ---------------------------------------------------------------------------------- Permissions and owners

fn mode(folder: &Folder, name: &str) -> u32 {
    fs::metadata(folder.path(name)).unwrap().mode() & 0o7777
}

fn set_mode(folder: &Folder, name: &str, mode: u32) {
    fs::set_permissions(folder.path(name), Permissions::from_mode(mode)).unwrap();
}

#[test]
fn a_read_only_file_is_not_replaced() {
    let old = "(func (param i32) (drop (get_local 0)))";
    let folder = Folder::with(&[("a.wat", MODULE), ("old.wat", old), ("out", "old")]);
    symlink("out", folder.path("link")).unwrap();
    set_mode(&folder, "out", 0o444);
    set_mode(&folder, "old.wat", 0o444);
    for args in [
        &["assemble", "a.wat", "-o", "out"][..],
        &["assemble", "a.wat", "-o", "link"],
        &["assemble", "a.wat", "-o", "x", "--source-map=out"],
        &["assemble", "a.wat", "-o", "x", "--depfile", "out"],
    ] {
        folder.run(args).fails(1, &["cannot write", "read-only"]);
        assert_eq!(folder.read("out").unwrap(), b"old");
    }
    let run = folder.run(&["check", "--fix", "old.wat"]);
    assert!(run.code == Some(1) && run.stderr.contains("cannot write `old.wat`"), "{}", run.stderr);
    assert_eq!(folder.read("old.wat").unwrap(), old.as_bytes());
    assert_eq!(mode(&folder, "out"), 0o444);
}

/// Whether this user can change the owner of a file.
fn is_superuser(folder: &Folder) -> bool {
    fs::write(folder.path("probe"), "").unwrap();
    let can = chown(folder.path("probe"), Some(1234), Some(1234)).is_ok();
    fs::remove_file(folder.path("probe")).unwrap();
    can
}

#[test]
fn a_file_keeps_its_owner_and_loses_the_set_id_bits() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let owners = if is_superuser(&folder) { vec![None, Some(1234)] } else { vec![None] };
    for owner in owners {
        for (before, after) in
            [(0o6755, 0o755), (0o4755, 0o755), (0o2771, 0o771), (0o640, 0o640), (0o1666, 0o1666)]
        {
            fs::write(folder.path("out"), "old").unwrap();
            chown(folder.path("out"), owner, owner).unwrap();
            set_mode(&folder, "out", before);
            let old = fs::metadata(folder.path("out")).unwrap();
            folder.run(&["assemble", "a.wat", "-o", "out"]).fine();
            let new = fs::metadata(folder.path("out")).unwrap();
            assert_eq!((new.uid(), new.gid()), (old.uid(), old.gid()));
            assert_eq!(mode(&folder, "out"), after, "{before:o}");
            assert_eq!(folder.read("out").unwrap(), bytes());
            fs::remove_file(folder.path("out")).unwrap();
        }
    }
}

#[test]
fn a_file_of_another_user_keeps_its_owner() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    if !is_superuser(&folder) {
        return;
    }
    set_mode(&folder, "", 0o777);
    let program = folder.path("gcwat");
    // Another process makes the copy: a program cannot run while this process has it open for writing.
    tool(&folder, "cp", &[env!("CARGO_BIN_EXE_gcwat"), "gcwat"]);
    let run = |output: &str| {
        let mut command = Command::new(&program);
        command.args(["assemble", "a.wat", "-o", output]).current_dir(folder.path("")).stdin(Stdio::null());
        Run::of(command.uid(1234).gid(1234).output().unwrap())
    };
    // A file that the user cannot write is not replaced, even in a writable folder.
    fs::write(folder.path("closed"), "old").unwrap();
    set_mode(&folder, "closed", 0o644);
    run("closed").fails(1, &["cannot write `closed`"]);
    assert_eq!(folder.read("closed").unwrap(), b"old");
    // A file that the user can write keeps its owner.
    for (old, before, after) in [("old", 0o666, 0o666), (&*"old".repeat(1000), 0o4777, 0o777)] {
        fs::write(folder.path("open"), old).unwrap();
        set_mode(&folder, "open", before);
        run("open").fine();
        let metadata = fs::metadata(folder.path("open")).unwrap();
        assert_eq!((metadata.uid(), folder.read("open").unwrap()), (0, bytes()));
        assert_eq!(mode(&folder, "open"), after);
    }
    // In a folder that the user cannot write, an existing file can be written.
    fs::create_dir(folder.path("sub")).unwrap();
    fs::write(folder.path("sub/open"), "old").unwrap();
    set_mode(&folder, "sub/open", 0o666);
    run("sub/open").fine();
    assert_eq!(folder.read("sub/open").unwrap(), bytes());
    run("sub/new").fails(1, &["cannot write `sub/new`"]);
    assert_eq!(folder.names(), ["a.wat", "closed", "gcwat", "open", "sub"]);
}

#[test]
fn links_to_links_are_kept() {
    let folder = Folder::with(&[("a.wat", MODULE), ("real", "old")]);
    fs::create_dir(folder.path("sub")).unwrap();
    for (target, link) in
        [("sub/two", "one"), ("../real", "sub/two"), ("sub/three", "zero"), ("../new", "sub/three")]
    {
        symlink(target, folder.path(link)).unwrap();
    }
    folder.run(&["assemble", "a.wat", "-o", "one"]).fine();
    folder.run(&["assemble", "a.wat", "-o", "zero"]).fine();
    for link in ["one", "sub/two", "zero", "sub/three"] {
        assert!(folder.path(link).is_symlink(), "{link}");
    }
    assert_eq!((folder.read("real").unwrap(), folder.read("new").unwrap()), (bytes(), bytes()));
    symlink("loop", folder.path("loop")).unwrap();
    folder.run(&["assemble", "a.wat", "-o", "loop"]).fails(1, &["cannot write `loop`"]);
}

// ---------------------------------------------------------------------------------- Signals

#[test]
fn a_signal_leaves_no_temporary_file() {
    let text = format!("(module {})", "(func (drop (i32.add (i32.const 1) (i32.const 2))))\n".repeat(5_000));
    let folder = Folder::with(&[("a.wat", &text), ("old", "old")]);
    for (nth, wait) in (0..1000).step_by(50).enumerate() {
        let output = if nth % 2 == 0 { "old" } else { "new" };
        let args = ["assemble", "a.wat", "--emit", "c", "--annotate", "-o", output];
        let mut child = folder.command(&args).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(wait));
        let signal = ["-INT", "-TERM", "-HUP", "-KILL"][nth / 2 % 4];
        let mut kill = Command::new("kill");
        kill.args([signal, &child.id().to_string()]).stderr(Stdio::null()).status().unwrap();
        child.wait().unwrap();
        let names = folder.names();
        assert!(names.iter().all(|name| ["a.wat", "new", "old"].contains(&name.as_str())), "{names:?}");
    }
}

// ---------------------------------------------------------------------------------- Depfile

#[test]
fn make_reads_the_names_in_a_depfile() {
    for name in [
        &b"a b"[..],
        b"a$b",
        b"a#b",
        b"a:b",
        b"a*b",
        b"a?b",
        b"a[b]",
        b"a%b",
        b"a|b",
        b"a=b",
        b"\xff\xfe",
        b"a\\b",
        b"a\\ b",
        b"a(b",
        "\u{e9}".as_bytes(),
    ] {
        let folder = Folder::new();
        let named = |extension: &[u8]| {
            let name = [name, extension].concat();
            folder.path("").join(OsStr::from_bytes(&name))
        };
        let (text, output) = (named(b".wat"), named(b".wasm"));
        fs::write(&text, MODULE).unwrap();
        let mut command = folder.command(&["assemble", "--depfile", "d"]);
        command.arg(text.file_name().unwrap());
        Run::of(command.output().unwrap()).fine();
        let rule = folder.read("d").unwrap();
        if !has("make") {
            continue;
        }
        // The recipe has the target of the rule, as it is escaped there.
        let target = &rule[..rule.windows(2).position(|pair| pair == b": ").unwrap()];
        let makefile =
            [&b"default: "[..], &prerequisite(target), b"\ninclude d\n", target, b":\n\t@echo made\n"]
                .concat();
        fs::write(folder.path("Makefile"), makefile).unwrap();
        let is_made = |age: [u64; 2]| {
            for (path, age) in [&text, &output].into_iter().zip(age) {
                let time = std::time::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + age);
                File::options().append(true).open(path).unwrap().set_modified(time).unwrap();
            }
            String::from_utf8(tool(&folder, "make", &["default"])).unwrap().contains("made\n")
        };
        assert!(!is_made([0, 1]) && is_made([1, 0]), "{:?}", String::from_utf8_lossy(&rule));
    }
}

/// Converts a target to a prerequisite. Only a target can be a pattern (`%`), and only a prerequisite can be order-only
/// (`|`).
fn prerequisite(target: &[u8]) -> Vec<u8> {
    let target = target.to_vec();
    let at = |pair: &[u8]| target.windows(pair.len()).position(|found| found == pair);
    match (at(b"\\%"), at(b"|")) {
        (Some(at), _) => [&target[..at], &target[at + 1..]].concat(),
        (_, Some(at)) => [&target[..at], b"\\", &target[at..]].concat(),
        _ => target,
    }
}

#[test]
fn a_name_that_make_cannot_read_is_rejected() {
    for name in ["a\nb.wat", "a\rb.wat", "a\tb.wat", "a\u{2028}b.wat", "a\u{202e}b.wat", "a;b.wat"] {
        let folder = Folder::with(&[(name, MODULE)]);
        let stderr = folder.run(&["assemble", name, "--depfile", "d"]).fails(1, &["Make"]);
        assert_eq!((folder.names().len(), stderr.lines().count()), (1, 1));
        folder.run(&["assemble", name]).fine();
    }
}

// ---------------------------------------------------------------------------------- The program

#[test]
fn the_program_is_position_independent() {
    let program = fs::read(Path::new(env!("CARGO_BIN_EXE_gcwat"))).unwrap();
    assert_eq!(&program[..4], b"\x7fELF");
    // The ELF type of shared objects and of position-independent programs.
    const ET_DYN: u16 = 3;
    assert_eq!(u16::from_le_bytes([program[16], program[17]]), ET_DYN);
}
