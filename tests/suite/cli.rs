//! The command line: runs the binary as a user does.

#![cfg(feature = "cli")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const MODULE: &str = "(module $m (func $f (param $x i32)))\n";

const WITH_WARNING: &str = "(type $t (struct))\n(func (drop (ref.test $t (ref.null any))))\n";

const WRONG: &str = "(module\n  (func\n    call $f))\n";

fn bytes(text: &str) -> Vec<u8> {
    gcwat::assemble(text).unwrap()
}

/// A working directory, which is deleted on drop.
pub struct Folder(tempfile::TempDir);

/// The result of a run.
pub struct Run {
    pub code: Option<i32>,
    pub stdout: Vec<u8>,
    pub stderr: String,
}

impl Folder {
    pub fn new() -> Folder {
        Folder(tempfile::tempdir().unwrap())
    }

    /// Creates a folder with files.
    pub fn with(files: &[(&str, &str)]) -> Folder {
        let folder = Folder::new();
        for (name, contents) in files {
            fs::write(folder.path(name), contents).unwrap();
        }
        folder
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn read(&self, name: &str) -> Option<Vec<u8>> {
        fs::read(self.path(name)).ok()
    }

    /// Returns the names of all files in the folder.
    pub fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Returns a command for `gcwat` in the folder.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_gcwat"));
        command.args(args).current_dir(self.0.path()).stdin(Stdio::null());
        command
    }

    pub fn run(&self, args: &[&str]) -> Run {
        Run::of(self.command(args).output().unwrap())
    }

    /// Runs gcwat with a text as standard input.
    pub fn run_with(&self, args: &[&str], input: &[u8]) -> Run {
        let mut command = self.command(args);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        Run::of(child.wait_with_output().unwrap())
    }
}

impl Run {
    pub fn of(output: std::process::Output) -> Run {
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(!stderr.contains("panicked"), "{stderr}");
        Run { code: output.status.code(), stdout: output.stdout, stderr }
    }

    /// Checks that the run succeeded without messages, and returns its standard output.
    pub fn fine(self) -> Vec<u8> {
        assert_eq!((self.code, self.stderr.as_str()), (Some(0), ""));
        self.stdout
    }

    /// Checks the exit status, and that the only output is a message with all of `words`.
    pub fn fails(self, code: i32, words: &[&str]) -> String {
        assert_eq!(self.code, Some(code), "{}", self.stderr);
        assert!(self.stdout.is_empty());
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is not in: {}", self.stderr);
        }
        assert!(self.stderr.contains("error"), "{}", self.stderr);
        self.stderr
    }
}

// ---------------------------------------------------------------------------------- Output

#[test]
fn the_output_is_written_next_to_the_input() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    assert_eq!(folder.run(&["assemble", "a.wat"]).fine(), b"");
    assert_eq!(folder.read("a.wasm").unwrap(), bytes(MODULE));
    assert_eq!(folder.names(), ["a.wasm", "a.wat"]);
}

#[test]
fn the_extension_is_replaced_or_added() {
    let folder = Folder::with(&[("a.b.wat", MODULE), ("plain", MODULE)]);
    fs::create_dir(folder.path("sub.d")).unwrap();
    fs::write(folder.path("sub.d/x"), MODULE).unwrap();
    folder.run(&["assemble", "a.b.wat", "plain", "sub.d/x"]).fine();
    assert_eq!(folder.names(), ["a.b.wasm", "a.b.wat", "plain", "plain.wasm", "sub.d"]);
    assert_eq!(folder.read("sub.d/x.wasm").unwrap(), bytes(MODULE));
}

#[test]
fn a_file_in_another_folder_is_assembled_there() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let elsewhere = Folder::new();
    let path = folder.path("a.wat");
    elsewhere.run(&["assemble", path.to_str().unwrap()]).fine();
    assert_eq!(folder.read("a.wasm").unwrap(), bytes(MODULE));
    assert_eq!(elsewhere.names(), [""; 0]);
}

#[test]
fn standard_input_goes_to_standard_output() {
    let folder = Folder::new();
    for args in [&["assemble"][..], &["assemble", "-"]] {
        assert_eq!(folder.run_with(args, MODULE.as_bytes()).fine(), bytes(MODULE));
    }
    assert_eq!(folder.run_with(&["assemble"], b"").fine(), bytes(""));
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn output_goes_to_the_given_path() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    fs::create_dir(folder.path("sub")).unwrap();
    for (args, name) in [
        (&["assemble", "a.wat", "-o", "x"][..], "x"),
        (&["assemble", "-o", "y.bin", "a.wat"], "y.bin"),
        (&["assemble", "a.wat", "--output=sub/z.wasm"], "sub/z.wasm"),
        (&["assemble", "--output", "./v.wasm", "./a.wat"], "v.wasm"),
    ] {
        assert_eq!(folder.run(args).fine(), b"");
        assert_eq!(folder.read(name).unwrap(), bytes(MODULE), "{args:?}");
    }
    folder.run_with(&["assemble", "-", "-o", "w"], MODULE.as_bytes()).fine();
    assert_eq!(folder.read("w").unwrap(), bytes(MODULE));
    assert!(folder.read("a.wasm").is_none());
}

#[test]
fn a_dash_is_standard_output() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    assert_eq!(folder.run(&["assemble", "a.wat", "-o", "-"]).fine(), bytes(MODULE));
    assert_eq!(folder.run(&["assemble", "a.wat", "--output=-"]).fine(), bytes(MODULE));
    assert_eq!(folder.names(), ["a.wat"]);
}

#[test]
fn several_files_are_each_assembled_next_to_their_input() {
    let folder = Folder::with(&[("a.wat", "(func)"), ("b.wat", "(memory 1)"), ("c.wat", "")]);
    folder.run(&["assemble", "a.wat", "b.wat", "c.wat"]).fine();
    assert_eq!(folder.read("a.wasm").unwrap(), bytes("(func)"));
    assert_eq!(folder.read("b.wasm").unwrap(), bytes("(memory 1)"));
    assert_eq!(folder.read("c.wasm").unwrap(), bytes(""));
}

#[test]
fn one_wrong_file_does_not_prevent_the_output_of_others() {
    let folder = Folder::with(&[("a.wat", "(func)"), ("wrong.wat", WRONG), ("c.wat", "(memory 1)")]);
    let stderr =
        folder.run(&["assemble", "a.wat", "wrong.wat", "missing.wat", "c.wat"]).fails(1, &["wrong.wat:3:10"]);
    assert!(stderr.contains("missing.wat"), "{stderr}");
    assert_eq!(folder.names(), ["a.wasm", "a.wat", "c.wasm", "c.wat", "wrong.wat"]);
    assert_eq!(folder.read("c.wasm").unwrap(), bytes("(memory 1)"));
}

#[test]
fn a_large_file_is_assembled_like_a_small_one() {
    let text = format!("(data \"{}\") (func)\n", "x".repeat(5 << 20));
    let folder = Folder::with(&[("large.wat", &text)]);
    folder.run(&["assemble", "large.wat"]).fine();
    assert_eq!(folder.read("large.wasm").unwrap(), bytes(&text));
    assert_eq!(folder.run_with(&["assemble"], text.as_bytes()).fine(), bytes(&text));
}

// -------------------------------------------------------------------- What stays unchanged

#[test]
fn old_output_is_kept_if_the_new_text_is_wrong() {
    let folder = Folder::with(&[("a.wat", WRONG), ("a.wasm", "old"), ("x", "older")]);
    folder.run(&["assemble", "a.wat"]).fails(1, &["a.wat:3:10"]);
    folder.run(&["assemble", "a.wat", "-o", "x"]).fails(1, &["a.wat:3:10"]);
    assert_eq!(folder.read("a.wasm").unwrap(), b"old");
    assert_eq!(folder.read("x").unwrap(), b"older");
    assert_eq!(folder.names(), ["a.wasm", "a.wat", "x"]);
}

#[test]
fn the_input_is_never_the_output() {
    let folder = Folder::with(&[("a.wat", MODULE), ("b.wasm", MODULE)]);
    let absolute = folder.path("a.wat");
    for args in [
        &["assemble", "a.wat", "-o", "a.wat"][..],
        &["assemble", "a.wat", "-o", "./a.wat"],
        &["assemble", "./a.wat", "-o", absolute.to_str().unwrap()],
        &["assemble", "b.wasm"],
    ] {
        folder.run(args).fails(1, &["is the input"]);
    }
    assert_eq!(folder.read("a.wat").unwrap(), MODULE.as_bytes());
    assert_eq!(folder.read("b.wasm").unwrap(), MODULE.as_bytes());
}

#[cfg(unix)]
#[test]
fn the_input_is_never_the_output_through_a_link() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    std::os::unix::fs::symlink("a.wat", folder.path("link")).unwrap();
    folder.run(&["assemble", "a.wat", "-o", "link"]).fails(1, &["is the input"]);
    folder.run(&["assemble", "link", "-o", "a.wat"]).fails(1, &["is the input"]);
    // A hard link is replaced, and the text stays unchanged.
    fs::hard_link(folder.path("a.wat"), folder.path("hard")).unwrap();
    folder.run(&["assemble", "a.wat", "-o", "hard"]);
    assert_eq!(folder.read("a.wat").unwrap(), MODULE.as_bytes());
}

#[cfg(unix)]
#[test]
fn the_target_of_a_link_is_replaced_and_the_link_is_kept() {
    let folder = Folder::with(&[("a.wat", MODULE), ("real", "old")]);
    std::os::unix::fs::symlink("real", folder.path("link")).unwrap();
    folder.run(&["assemble", "a.wat", "-o", "link"]).fine();
    assert!(folder.path("link").is_symlink());
    assert!(!folder.path("real").is_symlink());
    assert_eq!(folder.read("real").unwrap(), bytes(MODULE));
    assert_eq!(folder.names(), ["a.wat", "link", "real"]);
}

#[cfg(unix)]
#[test]
fn a_dangling_link_is_kept() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    std::os::unix::fs::symlink("real", folder.path("link")).unwrap();
    folder.run(&["assemble", "a.wat", "-o", "link"]).fine();
    assert!(folder.path("link").is_symlink());
    assert_eq!(folder.read("real").unwrap(), bytes(MODULE));
}

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[cfg(unix)]
#[test]
fn a_replaced_file_keeps_its_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.wat", MODULE), ("a.wasm", "old")]);
    for bits in [0o600, 0o644, 0o751] {
        fs::set_permissions(folder.path("a.wasm"), fs::Permissions::from_mode(bits)).unwrap();
        folder.run(&["assemble", "a.wat"]).fine();
        assert_eq!(mode(&folder.path("a.wasm")), bits);
    }
    assert_eq!(folder.read("a.wasm").unwrap(), bytes(MODULE));
}

#[cfg(unix)]
#[test]
fn an_unchanged_output_stays_in_place_with_a_new_modification_time() {
    use std::os::unix::fs::MetadataExt;
    let long = format!("(data \"{}\")", "x".repeat(100_000));
    for (text, format, output) in [(MODULE, "wasm", "a.wasm"), (&long, "wasm", "a.wasm"), (&long, "c", "a.h")]
    {
        let folder = Folder::with(&[("a.wat", text)]);
        let assemble = || folder.run(&["assemble", "a.wat", "--emit", format]).fine();
        assemble();
        let written = folder.read(output).unwrap();
        let file = fs::OpenOptions::new().write(true).open(folder.path(output)).unwrap();
        let old = std::time::SystemTime::UNIX_EPOCH;
        file.set_modified(old).unwrap();
        let number = file.metadata().unwrap().ino();
        assemble();
        let metadata = fs::metadata(folder.path(output)).unwrap();
        assert_eq!(metadata.ino(), number);
        let time = metadata.modified().unwrap();
        assert!(time > old);
        // The output must become newer than the input; otherwise Make would build it again.
        fs::write(folder.path("next"), "").unwrap();
        assert!(fs::metadata(folder.path("next")).unwrap().modified().unwrap() >= time);
        fs::remove_file(folder.path("next")).unwrap();
        assert_eq!(folder.read(output).unwrap(), written);
        assert_eq!(folder.names(), [output, "a.wat"]);
    }
}

#[test]
fn an_output_with_one_different_byte_is_replaced() {
    let text = format!("(data \"{}\")", "x".repeat(100_000));
    let wanted = bytes(&text);
    let folder = Folder::with(&[("a.wat", &text)]);
    let mut last = wanted.clone();
    *last.last_mut().unwrap() ^= 1;
    let mut first = wanted.clone();
    first[0] ^= 1;
    let more = [&wanted[..], b"x"].concat();
    for old in [&last, &first, &more, &wanted[..wanted.len() - 1], &wanted[..1 << 14], &wanted[..1], b""] {
        fs::write(folder.path("a.wasm"), old).unwrap();
        folder.run(&["assemble", "a.wat"]).fine();
        assert_eq!(folder.read("a.wasm").unwrap(), wanted, "{} bytes", old.len());
    }
}

#[cfg(unix)]
#[test]
fn an_unreadable_output_can_be_replaced_and_a_read_only_one_cannot() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.wat", MODULE)]);
    for (bits, is_replaced) in [(0o444, false), (0o222, true), (0, false)] {
        fs::write(folder.path("a.wasm"), "old").unwrap();
        fs::set_permissions(folder.path("a.wasm"), fs::Permissions::from_mode(bits)).unwrap();
        let run = folder.run(&["assemble", "a.wat"]);
        match is_replaced {
            true => assert_eq!(run.fine(), b""),
            false => drop(run.fails(1, &["cannot write `a.wasm`", "read-only"])),
        }
        assert_eq!(mode(&folder.path("a.wasm")), bits);
        fs::set_permissions(folder.path("a.wasm"), fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(folder.read("a.wasm").unwrap(), if is_replaced { bytes(MODULE) } else { b"old".to_vec() });
        fs::remove_file(folder.path("a.wasm")).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_new_file_has_the_default_permissions() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    folder.run(&["assemble", "a.wat"]).fine();
    // This process has the same umask.
    assert_eq!(mode(&folder.path("a.wasm")), mode(&folder.path("a.wat")));
}

#[cfg(unix)]
#[test]
fn the_umask_alone_decides_the_permissions_of_a_new_file() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let mut command = Command::new("sh");
    command.args(["-c", "umask 077; exec \"$0\" assemble a.wat", env!("CARGO_BIN_EXE_gcwat")]);
    command.current_dir(folder.0.path()).env("TMPDIR", folder.path("missing"));
    assert!(command.status().unwrap().success());
    assert_eq!(mode(&folder.path("a.wasm")), 0o600);
}

#[cfg(target_os = "linux")]
#[test]
fn a_pipe_or_device_is_written_in_place() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::with(&[("a.wat", MODULE)]);
    folder.run(&["assemble", "a.wat", "-o", "/dev/null"]).fine();
    assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    folder.run(&["assemble", "a.wat", "-o", "/dev/full"]).fails(1, &["/dev/full", "No space left"]);
    let run = folder.run(&["assemble", "a.wat", "-o", "/dev/stdout"]);
    assert_eq!(run.fine(), bytes(MODULE));
}

// ------------------------------------------------------------------------------ Exit status

#[test]
fn the_exit_status_is_0_on_success() {
    let folder = Folder::with(&[("a.wat", MODULE), ("warned.wat", WITH_WARNING)]);
    assert_eq!(folder.run(&["assemble", "a.wat"]).code, Some(0));
    assert_eq!(folder.run(&["assemble", "warned.wat"]).code, Some(0));
    assert_eq!(folder.run(&["--help"]).code, Some(0));
    assert_eq!(folder.run(&["--version"]).code, Some(0));
}

#[test]
fn the_exit_status_is_1_if_a_text_is_wrong() {
    let folder = Folder::with(&[("wrong.wat", WRONG), ("invalid.wat", "(func (result i32))")]);
    folder.run(&["assemble", "wrong.wat"]).fails(1, &["E0301"]);
    folder.run(&["assemble", "invalid.wat"]).fails(1, &["E0403"]);
    folder.run_with(&["assemble"], b"(").fails(1, &["E0102"]);
}

#[test]
fn the_exit_status_is_2_if_the_command_line_is_wrong() {
    let folder = Folder::with(&[("a.wat", MODULE), ("b.wat", MODULE)]);
    for args in [
        &[][..],
        &["unknown"],
        &["assemble", "--unknown"],
        &["assemble", "a.wat", "-o"],
        &["assemble", "a.wat", "-o", "x", "-o", "y"],
        &["assemble", "a.wat", "-f"],
        &["assemble", "a.wat", "-f", "wasm4"],
        &["assemble", "a.wat", "-f", ""],
        &["assemble", ""],
        &["assemble", "a.wat", "b.wat", "-o", "x"],
        &["assemble", "-o", "-", "a.wat", "b.wat"],
    ] {
        let run = folder.run(args);
        assert_eq!(run.code, Some(2), "{args:?}: {}", run.stderr);
        assert!(run.stdout.is_empty() && !run.stderr.is_empty());
    }
    assert_eq!(folder.names(), ["a.wat", "b.wat"]);
}

#[test]
fn several_inputs_cannot_have_one_output() {
    let folder = Folder::with(&[("a.wat", MODULE), ("b.wat", MODULE)]);
    folder.run(&["assemble", "a.wat", "b.wat", "-o", "x"]).fails(2, &["--output", "one FILE"]);
    assert_eq!(folder.names(), ["a.wat", "b.wat"]);
}

#[test]
fn an_error_for_an_unknown_feature_lists_the_known_ones() {
    Folder::new().run(&["assemble", "-f", "gd"]).fails(2, &["`gd`", "wasm3", "gc", "custom-page-sizes"]);
    for list in ["smid", "wasm2,smid", "-smid"] {
        let messages = ["unknown feature `smid`; did you mean `simd`?", "known features: mvp, "];
        Folder::new().run(&["assemble", "-f", list]).fails(2, &messages);
    }
    Folder::new().run(&["check", "-f", "wasm2", "-f", "qqqqqqq"]).fails(2, &["unknown feature `qqqqqqq`\n"]);
}

#[test]
fn all_features_are_listed_with_a_line_each() {
    for command in ["assemble", "check", "script"] {
        let help = String::from_utf8(Folder::new().run(&[command, "-f", "help"]).fine()).unwrap();
        for name in ["mvp", "wasm3", "default", "gc", "wat-numeric-values", "wide-arithmetic"] {
            let is_it = |line: &str| line.starts_with(&format!("  {name} "));
            assert_eq!(help.lines().filter(|line| is_it(line)).count(), 1, "{name}: {help}");
        }
        assert!(help.lines().all(|line| line.len() <= 110), "{help}");
    }
}

#[test]
fn later_lists_of_features_continue_the_first() {
    let folder = Folder::with(&[("gc.wat", "(type (struct))")]);
    for (options, gc_is_valid) in [
        (&["-f", "wasm2", "-f", "gc"][..], true),
        (&["-f", "wasm2", "--features=gc,simd"], true),
        (&["-f", "wasm2", "-f", "simd"], false),
        (&["-f", "wasm3", "-f=-gc"], false),
        (&["-f=-simd", "-f=-gc"], false),
        (&["-f=-gc", "-f", "wasm3"], true),
        (&["-f", "wasm2", "-f", "default"], true),
        (&["-f", "default"], true),
    ] {
        let run = folder.run(&[&["assemble", "gc.wat", "-o", "-"], options].concat());
        assert_eq!(run.code, Some(i32::from(!gc_is_valid)), "{options:?}: {}", run.stderr);
    }
}

// ------------------------------------------------------------------------------ Diagnostics

#[test]
fn an_error_is_shown_with_its_location_and_line() {
    let folder = Folder::with(&[("wrong.wat", WRONG)]);
    let stderr = folder
        .run(&["assemble", "wrong.wat"])
        .fails(1, &["error[E0301]: unknown function `$f`", "wrong.wat:3:10", "    call $f))", "^^"]);
    // No colors in a pipe.
    assert!(!stderr.contains('\u{1b}'), "{stderr:?}");
}

#[test]
fn columns_count_characters() {
    let folder = Folder::with(&[("a.wat", "(; \u{e9}\u{1f600} ;) (func call $f)\r\n")]);
    folder.run(&["assemble", "a.wat"]).fails(1, &["a.wat:1:21"]);
}

#[test]
fn all_errors_are_shown() {
    let folder = Folder::with(&[("a.wat", "(func call $f)\n(func call $g)\n(memory x)\n")]);
    folder.run(&["assemble", "a.wat"]).fails(1, &["a.wat:1:12", "a.wat:2:12", "a.wat:3:9"]);
}

#[test]
fn the_number_of_reported_errors_is_limited() {
    let folder = Folder::with(&[("a.wat", &"(func call $f)\n".repeat(500))]);
    let stderr = folder.run(&["assemble", "a.wat"]).fails(1, &["a.wat:1:12", "more"]);
    assert!(stderr.matches("error[").count() <= 100, "{stderr}");
}

#[test]
fn a_long_line_is_shortened() {
    let filler = "(func) ".repeat(100_000);
    let folder = Folder::with(&[("a.wat", &format!("{filler}(func call $f) {filler}"))]);
    let stderr = folder.run(&["assemble", "a.wat"]).fails(1, &["a.wat:1:700012", "call $f", "^^"]);
    assert!(stderr.len() < 4000, "{}", stderr.len());
}

#[test]
fn warnings_do_not_prevent_the_output() {
    let folder = Folder::with(&[("a.wat", WITH_WARNING)]);
    let run = folder.run(&["assemble", "a.wat"]);
    assert_eq!((run.code, run.stdout.len()), (Some(0), 0));
    for words in ["warning[W0001]", "a.wat:2:23", "(ref $t)", "ref.test $t"] {
        assert!(run.stderr.contains(words), "{}", run.stderr);
    }
    assert_eq!(folder.read("a.wasm").unwrap(), bytes(WITH_WARNING));
}

#[test]
fn standard_input_has_a_file_name_in_diagnostics() {
    let folder = Folder::new();
    folder.run_with(&["assemble"], WRONG.as_bytes()).fails(1, &["<stdin>:3:10"]);
    folder
        .run_with(&["assemble", "-", "--stdin-filename", "sub/unsaved.wat"], WRONG.as_bytes())
        .fails(1, &["sub/unsaved.wat:3:10"]);
    // The name is only reported: no file of that name is read or written.
    let run = folder.run_with(&["assemble", "--stdin-filename=x.wat"], MODULE.as_bytes());
    assert_eq!(run.fine(), bytes(MODULE));
    assert_eq!(folder.names(), [""; 0]);
}

#[test]
fn invalid_utf_8_in_a_file_is_an_error_at_its_location() {
    let folder = Folder::new();
    fs::write(folder.path("a.wat"), b"(func)\n(\xff)\n").unwrap();
    folder.run(&["assemble", "a.wat"]).fails(1, &["E0004", "a.wat:2:2"]);
    folder.run_with(&["assemble"], b"\xff(\xfe)").fails(1, &["E0004", "<stdin>:1:1"]);
}

// ---------------------------------------------------------------------------------- Options

#[test]
fn a_name_section_is_written_on_request() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let with_names = gcwat::Assembler::new().names(true).assemble(MODULE).unwrap().into_bytes();
    for option in ["-g", "--names", "--debug-names"] {
        assert_eq!(folder.run(&["assemble", option, "a.wat", "-o", "-"]).fine(), with_names);
    }
    assert_eq!(folder.run(&["assemble", "a.wat", "-o", "-"]).fine(), bytes(MODULE));
}

#[test]
fn an_invalid_module_is_written_on_request() {
    let text = "(func (result i32))";
    let folder = Folder::with(&[("a.wat", text)]);
    folder.run(&["assemble", "a.wat"]).fails(1, &["E0403", "a.wat:1:"]);
    folder.run(&["assemble", "--no-validate", "a.wat"]).fine();
    let expected = gcwat::Assembler::new().validate(false).assemble(text).unwrap();
    assert_eq!(folder.read("a.wasm").unwrap(), expected.bytes());
}

#[test]
fn strict_mode_rejects_the_dialect() {
    let folder = Folder::with(&[("a.wat", WITH_WARNING), ("b.wat", MODULE)]);
    folder.run(&["assemble", "--strict", "a.wat"]).fails(1, &["error[E0113]", "a.wat:2:23"]);
    folder.run(&["assemble", "--strict", "b.wat"]).fine();
    assert_eq!(folder.names(), ["a.wat", "b.wasm", "b.wat"]);
}

#[test]
fn feature_lists_have_the_syntax_of_wasm_tools() {
    let folder = Folder::with(&[("gc.wat", "(type (struct))"), ("plain.wat", "(func)")]);
    for (option, gc_is_valid) in [
        (&["-f", "wasm2"][..], false),
        (&["-f=wasm2"], false),
        (&["-fwasm2"], false),
        (&["--features", "wasm2"], false),
        (&["--features=mvp,simd"], false),
        (&["-f=-gc"], false),
        (&["-f", "-gc"], false),
        (&["--features=-gc"], false),
        (&["-f", "wasm3"], true),
        (&["-f", "all,-simd"], true),
        (&["-f=-simd"], true),
    ] {
        let run = |file: &str| folder.run(&[&["assemble", file, "-o", "-"], option].concat());
        assert_eq!(run("plain.wat").fine(), bytes("(func)"), "{option:?}");
        match gc_is_valid {
            true => assert_eq!(run("gc.wat").fine(), bytes("(type (struct))"), "{option:?}"),
            false => drop(run("gc.wat").fails(1, &["E0417", "`gc`", "gc.wat:1:7"])),
        }
    }
}

#[test]
fn the_version_is_that_of_the_package() {
    for option in ["--version", "-V"] {
        let stdout = Folder::new().run(&[option]).fine();
        let line = String::from_utf8(stdout).unwrap();
        let version = line.strip_prefix("gcwat ").unwrap().trim_end();
        assert!(
            version.split('.').count() == 3 && version.starts_with(|c: char| c.is_ascii_digit()),
            "{line}"
        );
    }
    let facts = String::from_utf8(Folder::new().run(&["--version", "--verbose"]).fine()).unwrap();
    for fact in ["\ntarget: ", "\ndependencies: wasmparser 0.", ", wasm-encoder 0.", "\nfeatures: "] {
        assert!(facts.contains(fact), "{fact}: {facts}");
    }
}

#[test]
fn the_help_has_examples() {
    for args in [&["--help"][..], &["-h"], &["help"], &["assemble", "--help"], &["help", "assemble"]] {
        let stdout = Folder::new().run(args).fine();
        let help = String::from_utf8(stdout).unwrap();
        for words in ["Usage: gcwat", "Examples:", "gcwat assemble trampoline.wat"] {
            assert!(help.contains(words), "{args:?}: {help}");
        }
        assert!(help.lines().all(|line| line.chars().count() <= 100), "{help}");
    }
}

#[test]
fn the_help_has_no_markup_and_no_names_of_rust() {
    const NAMES: [&str; 5] = ["GitHub", "JavaScript", "TypeScript", "WebAssembly", "Uint8Array"];
    for command in ["", "assemble", "disassemble", "check", "explain", "script", "completions", "man"] {
        let args: Vec<&str> = [command, "--help"].into_iter().filter(|word| !word.is_empty()).collect();
        let help = String::from_utf8(Folder::new().run(&args).fine()).unwrap();
        assert!(["::", "](", "[`"].iter().all(|markup| !help.contains(markup)), "{help}");
        for word in help.split(|char: char| !char.is_alphanumeric()) {
            let is_type = word.starts_with(char::is_uppercase)
                && word.trim_start_matches(char::is_uppercase).contains(char::is_uppercase);
            assert!(!is_type || NAMES.contains(&word), "{command}: {word}");
        }
    }
}

// -------------------------------------------------------------------------- What goes wrong

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let folder = Folder::new();
    fs::create_dir(folder.path("folder")).unwrap();
    folder.run(&["assemble", "missing.wat"]).fails(1, &["cannot read", "missing.wat"]);
    folder.run(&["assemble", "folder"]).fails(1, &["cannot read", "folder", "directory"]);
    folder.run(&["assemble", "no/such/folder.wat"]).fails(1, &["cannot read", "no/such/folder.wat"]);
    assert_eq!(folder.names(), ["folder"]);
}

#[test]
fn a_folder_or_missing_file_is_not_reported_as_its_own_output() {
    let folder = Folder::new();
    folder.run(&["assemble", "."]).fails(1, &["cannot read", "directory"]);
    folder.run(&["assemble", "missing.wasm"]).fails(1, &["cannot read", "missing.wasm"]);
}

#[test]
fn an_unwritable_output_is_named() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    fs::create_dir(folder.path("folder")).unwrap();
    folder.run(&["assemble", "a.wat", "-o", "folder"]).fails(1, &["cannot write", "`folder`"]);
    folder.run(&["assemble", "a.wat", "-o", "missing/x"]).fails(1, &["cannot write", "`missing/x`"]);
    folder.run(&["assemble", "a.wat", "-o", "a.wat/x"]).fails(1, &["cannot write", "`a.wat/x`"]);
    fs::create_dir(folder.path("a.wasm")).unwrap();
    folder.run(&["assemble", "a.wat"]).fails(1, &["cannot write", "`a.wasm`"]);
    assert_eq!(folder.names(), ["a.wasm", "a.wat", "folder"]);
}

#[test]
fn the_message_names_the_output_and_no_other_file() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let stderr = folder.run(&["assemble", "a.wat", "-o", "missing/x"]).fails(1, &["cannot write"]);
    assert!(!stderr.contains(".gcwat"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn an_output_in_a_read_only_folder_is_an_error() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::with(&[("a.wat", MODULE)]);
    fs::create_dir(folder.path("closed")).unwrap();
    fs::set_permissions(folder.path("closed"), fs::Permissions::from_mode(0o555)).unwrap();
    // The superuser can write to any folder.
    if fs::write(folder.path("closed/probe"), "").is_err() {
        folder.run(&["assemble", "a.wat", "-o", "closed/x"]).fails(1, &["cannot write", "`closed/x`"]);
        assert!(folder.read("closed/x").is_none());
    }
    fs::set_permissions(folder.path("closed"), fs::Permissions::from_mode(0o755)).unwrap();
}

/// Returns the write end of a pipe without a reader.
fn closed_pipe() -> std::io::PipeWriter {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    writer
}

#[test]
fn closing_the_output_early_is_not_a_panic() {
    let text = format!("(data \"{}\")", "x".repeat(1 << 20));
    let folder = Folder::with(&[("a.wat", &text)]);
    let output = folder.command(&["assemble", "a.wat", "-o", "-"]).stdout(closed_pipe()).output().unwrap();
    Run::of(output).fails(1, &["cannot write standard output"]);

    let output = folder.command(&["--help"]).stdout(closed_pipe()).output().unwrap();
    assert_eq!(Run::of(output).code, Some(0));
}

#[cfg(unix)]
#[test]
fn a_closed_stream_is_not_taken_for_a_file() {
    let folder = Folder::with(&[("a.wat", WITH_WARNING), ("wrong.wat", WRONG)]);
    let run = |command: &str| {
        let mut shell = Command::new("sh");
        shell.args(["-c", command, env!("CARGO_BIN_EXE_gcwat")]).current_dir(folder.0.path());
        shell.status().unwrap().code()
    };
    for closed in ["2>&-", "1>&- 2>&-", "0<&- 1>&- 2>&-"] {
        // The warning must not be written to the output or to the text.
        assert_eq!(run(&format!("exec \"$0\" assemble a.wat {closed}")), Some(0));
        assert_eq!(folder.read("a.wasm").unwrap(), bytes(WITH_WARNING));
        assert_eq!(folder.read("a.wat").unwrap(), WITH_WARNING.as_bytes());
        assert_eq!(run(&format!("exec \"$0\" assemble wrong.wat {closed}")), Some(1));
        assert_eq!(folder.read("wrong.wat").unwrap(), WRONG.as_bytes());
        assert_eq!(folder.names(), ["a.wasm", "a.wat", "wrong.wat"]);
    }
}

#[test]
fn closing_the_diagnostics_early_does_not_change_the_output() {
    let folder = Folder::with(&[("wrong.wat", WRONG), ("warned.wat", WITH_WARNING)]);
    let code = |args: &[&str]| {
        let status = folder.command(args).stdout(Stdio::null()).stderr(closed_pipe()).status().unwrap();
        status.code()
    };
    assert_eq!(code(&["assemble", "wrong.wat"]), Some(1));
    assert_eq!(code(&["assemble", "warned.wat"]), Some(0));
    assert_eq!(folder.read("warned.wasm").unwrap(), bytes(WITH_WARNING));
    assert_eq!(code(&["assemble", "--unknown"]), Some(2));
}

#[test]
fn closing_the_messages_early_does_not_change_the_output() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    let code = |args: &[&str]| {
        let status = folder.command(args).stdout(Stdio::null()).stderr(closed_pipe()).status().unwrap();
        status.code()
    };
    assert_eq!(code(&["assemble", "missing.wat"]), Some(1));
    assert_eq!(code(&["assemble", "a.wat", "-o", "missing/x"]), Some(1));
    assert_eq!(code(&["assemble", "a.wat", "-o", "a.wat"]), Some(1));
    assert_eq!(code(&["assemble", "a.wat", "a.wat", "-o", "x"]), Some(2));
}
