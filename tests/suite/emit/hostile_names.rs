//! Names, strings, paths and comments that try to become code, to end a line, or to hide from readers. No output
//! contains them unescaped.

use super::{has, tool};
use crate::cli::{Folder, Run};
use gcwat::Assembler;
use gcwat::emit::{Emitter, Format};
use gcwat::report::{MessageFormat, Report};
use std::fs;
use std::process::{Command, Stdio};

/// Names for every place that can have a name or a string.
const HOSTILE: &[&str] = &[
    "a\u{2028}globalThis.pwned = 1; //",
    "a\u{2029}globalThis.pwned = 1; //",
    "a\nglobalThis.pwned = 1; //",
    "a\r\nglobalThis.pwned = 1; //",
    "a\rimport os",
    "a\u{b}b\u{c}c",
    "a\u{85}b",
    "a*/ int pwned = 1; /*",
    "/* a",
    "a */",
    "*//*",
    "/*/",
    "a??/",
    "???/",
    "a\\",
    "a\\ ",
    "\\",
    "a\\\nb",
    "--%> a",
    "--> a",
    "<!-- a",
    "?> a",
    "]]> a",
    "</script><script>pwned()</script>",
    "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}",
    "\u{2066}\u{2067}\u{2068}\u{2069}",
    "\u{200b}\u{200e}\u{200f}\u{61c}\u{2060}\u{feff}\u{ad}",
    "\u{fff9}a\u{fffb}",
    "\u{e0041}\u{e007f}",
    "\u{1b}[2J\u{1b}]0;title\u{7}",
    "\u{9b}31m",
    "\u{0}\u{1}\u{8}\u{7f}",
    "\t",
    "'); pwned(); ('",
    "\"); pwned(); (\"",
    "'''\"\"\"",
    "`${pwned()}`",
    "$(touch pwned) `touch pwned`",
    "::error file=a::pwned",
    "%0A::error::pwned",
    "coding: utf-7",
    "-*- eval: (pwned) -*-",
    "{% pwned %} {{pwned}}",
    "#define pwned",
    "\u{e9}\u{4e16}\u{1f600}",
];

/// Whether an output must not contain the character. A line feed may only end a line of the output.
fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn assert_safe(output: &str, what: &str) {
    if let Some(c) = output.chars().find(|&c| c != '\n' && is_unsafe(c)) {
        let line = output.lines().find(|line| line.contains(c)).unwrap_or_default();
        panic!("{c:?} in {what}: {line:?}");
    }
}

/// Returns a string of the text format. With `is_raw`, characters are unescaped where that is possible.
fn string(name: &str, is_raw: bool) -> String {
    let mut out = String::new();
    for c in name.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\0'..='\u{1f}' | '\u{7f}' => out.extend(c.escape_unicode()),
            _ if is_raw => out.push(c),
            _ => out.extend(c.escape_unicode()),
        }
    }
    out
}

/// Returns a module with the name in every place.
fn module(name: &str, is_raw: bool) -> String {
    let n = string(name, is_raw);
    // A line comment cannot contain a line end.
    let line = name.replace(['\n', '\r'], " ");
    format!(
        r#"(module $"{n}"
  (type $"s{n}" (struct (field $"x{n}" i32) (field (ref null $"s{n}"))))
  (type $"t{n}" (func (param $"p{n}" i32)))
  (import "{n}" "{n}" (func $"i{n}" (type $"t{n}")))
  (import "{n}" "g{n}" (global $"h{n}" i32))
  (table $"a{n}" 1 funcref)
  (memory $"m{n}" (export "m{n}") 1)
  (global $"g{n}" (export "g{n}") (mut i32) (i32.const 0))
  (tag $"e{n}" (export "e{n}") (param i32))
  ;;@ {line}:1:2
  (func $"f{n}" (export "f{n}") (param $"p{n}" i32) (local $"l{n}" (ref null $"s{n}"))
    ;;@ dir/{line}:3:4:{line}
    (local.set $"l{n}" (struct.new $"s{n}" (i32.const 1) (ref.null $"s{n}")))
    (block $"b{n}" (br $"b{n}"))
    (loop $"o{n}" (result (ref null $"s{n}")) (local.get $"l{n}"))
    (drop (struct.get $"s{n}" $"x{n}"))
    (global.set $"g{n}" (global.get $"h{n}"))
    (call $"i{n}" (i32.load $"m{n}" (local.get $"p{n}")))
    (drop (ref.func $"f{n}")) (drop (ref.func $"q{n}")) (memory.init $"d{n}" (i32.const 0) (i32.const 0) (i32.const 0))
    (throw $"e{n}" (local.get $"p{n}")))
  (func $"q{n}" (export "q{n}") (@metadata.code.x "{n}") nop)
  (export "{n}" (func $"f{n}"))
  (start $"r{n}")
  (func $"r{n}")
  (elem $"u{n}" declare func $"f{n}" $"q{n}")
  (data $"d{n}" "{n}")
  (@custom "c{n}" "{n}")
  (@producers (processed-by "{n}" "{n}"))
  (@other "{n}"))
"#
    )
}

/// Returns the text of each module, with the name in it.
fn modules() -> impl Iterator<Item = (&'static str, String)> {
    HOSTILE.iter().flat_map(|name| [false, true].map(|is_raw| (*name, module(name, is_raw))))
}

/// Assembles each module, and calls `each` with its number, its bytes and its emitter.
fn emitted(mut each: impl FnMut(usize, &[u8], &Emitter<'_>)) {
    for (number, (name, text)) in modules().enumerate() {
        let assembler = Assembler::new().names(true).origins(true);
        let assembled = assembler.assemble(&text).unwrap_or_else(|errors| panic!("{name:?}: {errors}"));
        let emitter = Emitter::new(&text, &assembled).file_name(name);
        each(number, assembled.bytes(), &emitter);
    }
}

#[test]
fn no_format_has_an_unsafe_character() {
    emitted(|number, bytes, emitter| {
        for format in Format::ALL.iter().copied().filter(|format| format.is_text()) {
            for annotate in [false, true] {
                let out =
                    String::from_utf8(emitter.clone().annotate(annotate).to_vec(format).unwrap()).unwrap();
                assert_safe(&out, &format!("{format} of module {number}"));
            }
        }
        let mut out = Vec::new();
        emitter.write_declarations(&mut out).unwrap();
        assert_safe(std::str::from_utf8(&out).unwrap(), "declarations");
        out.clear();
        let name = HOSTILE[number / 2];
        emitter.write_source_map(name, name, &mut out).unwrap();
        let map = std::str::from_utf8(&out).unwrap();
        assert_safe(map, "source map");
        let map: serde_json::Value = serde_json::from_str(map).unwrap();
        assert_eq!((&map["file"], &map["sources"][0]), (&name.into(), &name.into()));
        let text = gcwat::disassemble(bytes).unwrap().text;
        assert_safe(&text, "disassembled text");
    });
}

/// Writes all modules in a format, with and without annotations. Returns their numbers, and the expected output of a
/// program that prints them as hexadecimal digits.
fn write_all(folder: &Folder, format: Format) -> (Vec<usize>, String) {
    let (mut numbers, mut hex) = (Vec::new(), String::new());
    emitted(|number, bytes, emitter| {
        for (nth, annotate) in [(2 * number, false), (2 * number + 1, true)] {
            let symbol = if format == Format::Rust { format!("M{nth}") } else { format!("m{nth}") };
            let out = emitter.clone().symbol(&symbol).annotate(annotate).to_vec(format).unwrap();
            fs::write(folder.path(&format!("m{nth}.{}", format.extension())), out).unwrap();
            numbers.push(nth);
            hex.push_str(&bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
            hex.push('\n');
        }
    });
    (numbers, hex)
}

fn each(numbers: &[usize], line: impl Fn(usize) -> String) -> String {
    numbers.iter().map(|&number| line(number)).collect()
}

#[test]
fn c_and_cxx_see_only_the_bytes() {
    if !has("gcc") || !has("g++") {
        return;
    }
    let folder = Folder::new();
    let (numbers, hex) = write_all(&folder, Format::C);
    let includes = each(&numbers, |number| format!("#include \"m{number}.h\"\n"));
    let prints = each(&numbers, |number| format!("print(m{number}, m{number}_len);\n"));
    let program = format!(
        "#include <stdio.h>\n{includes}#ifdef pwned\n#error pwned\n#endif\n\
         static void print(const unsigned char *bytes, unsigned int len) {{\n\
         unsigned int i, pwned = 0; for (i = pwned; i < len; i++) printf(\"%02x\", bytes[i]); printf(\"\\n\"); }}\n\
         int main(void) {{ {prints} return 0; }}\n"
    );
    fs::write(folder.path("main.c"), &program).unwrap();
    fs::write(folder.path("main.cc"), &program).unwrap();
    let strict = ["-Wall", "-Wextra", "-Wcomment", "-pedantic", "-Werror", "-Wbidi-chars=any", "-trigraphs"];
    for (compiler, standard, file) in
        [("gcc", "-std=c89", "main.c"), ("gcc", "-std=c17", "main.c"), ("g++", "-std=c++14", "main.cc")]
    {
        tool(&folder, compiler, &[&[standard, file, "-o", "main"], &strict[..]].concat());
        let printed = tool(&folder, folder.path("main").to_str().unwrap(), &[]);
        assert!(printed == hex.as_bytes(), "{compiler} {standard}");
    }
}

#[test]
fn javascript_sees_only_the_bytes() {
    if !has("node") {
        return;
    }
    let folder = Folder::new();
    fs::write(folder.path("package.json"), "{\"type\": \"module\"}").unwrap();
    let (numbers, hex) = write_all(&folder, Format::Js);
    let prints = each(&numbers, |number| {
        format!("console.log(Buffer.from((await import('./m{number}.js')).default).toString('hex'));\n")
    });
    let program = format!("{prints}if ('pwned' in globalThis) throw new Error('code ran');\n");
    fs::write(folder.path("main.mjs"), program).unwrap();
    assert!(tool(&folder, "node", &["main.mjs"]) == hex.as_bytes());
}

#[test]
fn emscripten_sees_only_the_bytes() {
    if !has("gcc") || !has("node") {
        return;
    }
    let folder = Folder::new();
    let (numbers, hex) = write_all(&folder, Format::EmJs);
    let header = "#define EM_JS(ret, name, params, ...) const char name[] = \"function \" #name \"()\" #__VA_ARGS__;\n";
    fs::write(folder.path("emscripten.h"), header).unwrap();
    let includes = each(&numbers, |number| format!("#include \"m{number}.c\"\n"));
    let prints = each(&numbers, |number| format!("printf(\"%s\\nm{number}();\\n\", m{number});\n"));
    let program = format!("#include <stdio.h>\n{includes}int main(void) {{ {prints} return 0; }}\n");
    fs::write(folder.path("main.c"), program).unwrap();
    tool(
        &folder,
        "gcc",
        &["-I.", "-Wall", "-Wextra", "-Wcomment", "-Werror", "-trigraphs", "main.c", "-o", "main"],
    );
    let script = String::from_utf8(tool(&folder, folder.path("main").to_str().unwrap(), &[])).unwrap();
    let script = format!(
        "globalThis.WebAssembly = {{ Module: class {{\n  constructor(bytes) {{ \
         console.log(Buffer.from(bytes).toString('hex')); }}\n}} }};\n{script}\
         if ('pwned' in globalThis) throw new Error('code ran');\n"
    );
    fs::write(folder.path("main.js"), script).unwrap();
    assert!(tool(&folder, "node", &["main.js"]) == hex.as_bytes());
}

#[test]
fn python_sees_only_the_bytes() {
    if !has("python3") {
        return;
    }
    let folder = Folder::new();
    let (numbers, hex) = write_all(&folder, Format::Python);
    let program =
        each(&numbers, |number| format!("from m{number} import m{number}\nprint(m{number}.hex())\n"));
    fs::write(folder.path("main.py"), program).unwrap();
    assert!(tool(&folder, "python3", &["-W", "error", "-B", "main.py"]) == hex.as_bytes());
}

#[test]
fn rust_sees_only_the_bytes() {
    let folder = Folder::new();
    let (numbers, hex) = write_all(&folder, Format::Rust);
    let includes = each(&numbers, |number| format!("include!(\"m{number}.rs\");\n"));
    let names = each(&numbers, |number| format!("&M{number}[..], "));
    let program = format!(
        "#![deny(warnings)]\n{includes}fn main() {{\n    for bytes in [{names}] {{\n        \
         for byte in bytes {{ print!(\"{{byte:02x}}\") }}\n        println!();\n    }}\n}}\n"
    );
    fs::write(folder.path("main.rs"), program).unwrap();
    let rustc = std::env::var("RUSTC").unwrap_or("rustc".into());
    tool(&folder, &rustc, &["--edition", "2021", "main.rs", "-o", "main"]);
    assert!(tool(&folder, folder.path("main").to_str().unwrap(), &[]) == hex.as_bytes());
}

// ---------------------------------------------------------------------------------- Diagnostics

/// Returns texts with an error or warning that quotes the name or shows a line with it.
fn wrong(name: &str, is_raw: bool) -> Vec<String> {
    let n = string(name, is_raw);
    let mut texts: Vec<String> = [
        r#"(func (call $"N"))"#,
        r#"(func $"N") (func $"N")"#,
        r#"(func (export "N")) (func (export "N"))"#,
        r#"(func $"N" (param $"N" i32) (param $"N" i32))"#,
        r#"(func (local $"N" i32) (local.get $"M"))"#,
        r#"(func (block $"N" (br $"M")))"#,
        r#"(func $"N" (result i32))"#,
        r#"(type $"N" (struct (field $"N" i32))) (func (drop (struct.get $"N" $"M" (i32.const 0))))"#,
        r#"(global $"N" i32 (i64.const 0)) (func (global.set $"N" (i32.const 0)))"#,
        r#"(import "N" "N" (func $"N" (type $"M")))"#,
        r#"(elem declare func $"N") (data $"N" (memory $"M") "N")"#,
        r#"(memory 1) (data (i32.const 0) "N" N)"#,
        r#"(module $"N" (fnc "N"))"#,
        r#"(@custom "N" (x "N")) (@producers (x "N" "N"))"#,
        r#"(func (call "N")) "N""#,
        r#"(start $"N") (start $"M") (; N ;)"#,
        "(func (i32.const N))",
        "(module N (func (i32.add)))",
        "(func ;; N\n (i32.add))",
    ]
    .iter()
    .map(|text| text.replace('N', &n).replace('M', &format!("{n}x")))
    .collect();
    // Outside strings, the characters are unescaped.
    texts.push(format!("(module {name} (func (call $f)) ;; {name}\n)"));
    texts.push(format!("(func (i32.cnst 1) (; {name} ;) (drop{name}))"));
    texts
}

#[test]
fn no_diagnostic_has_an_unsafe_character() {
    for name in HOSTILE {
        for is_raw in [false, true] {
            for text in wrong(name, is_raw) {
                let found = gcwat::check(&text);
                assert!(!found.is_empty(), "{text}");
                assert_safe(&found.to_string(), &text);
                let report = Report::new(name, &text, &found);
                for form in
                    [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json, MessageFormat::Github]
                {
                    let out = report.to_string(form);
                    assert_safe(&out, &format!("{form:?} about {text:?}"));
                    for line in out.lines().filter(|_| form == MessageFormat::Json) {
                        let json: serde_json::Value = serde_json::from_str(line).unwrap();
                        assert_safe(json["rendered"].as_str().unwrap(), "rendered");
                        assert_eq!(json["spans"][0]["file_name"], **name);
                    }
                }
                let one_line = report.to_string(MessageFormat::Short).lines().count();
                assert_eq!(one_line, found.len(), "{text:?}");
                let commands = report.to_string(MessageFormat::Github);
                assert!(
                    commands
                        .lines()
                        .all(|line| line.starts_with("::error ") || line.starts_with("::warning "))
                );
                assert_eq!(commands.lines().count(), found.len(), "{text:?}");
            }
        }
    }
}

/// Returns the hostile names that a file can have.
fn file_names() -> impl Iterator<Item = String> {
    HOSTILE.iter().filter(|name| !name.contains('\0')).map(|name| name.replace('/', "_"))
}

fn run(folder: &Folder, args: &[&str], file: &str) -> Run {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gcwat"));
    command.args(args).arg("--").arg(file).current_dir(folder.path("")).stdin(Stdio::null());
    Run::of(command.output().unwrap())
}

#[cfg(unix)]
#[test]
fn no_stream_has_an_unsafe_character_of_a_path() {
    let commands: &[(&str, &[&str])] = &[
        ("(module)", &["assemble", "--emit", "js", "--annotate", "-o", "-"]),
        ("(module)", &["assemble", "--emit", "listing", "-o", "-"]),
        ("(module)", &["assemble", "--check"]),
        ("(module)", &["assemble", "-o", "missing/x"]),
        ("(func (call $f))", &["assemble"]),
        ("(func (call $f))", &["check", "--message-format", "short"]),
        ("(func (call $f))", &["check", "--message-format", "github"]),
        ("(func (call $f))", &["check", "--message-format", "json"]),
        ("(func (param i32) (drop (get_local 0)))", &["check", "--fix"]),
        ("\0asm", &["disassemble"]),
        ("(module) (assert_invalid (module (func (call $f))) \"x\")", &["script", "-o", "out/x.json"]),
        ("(module", &["script", "-o", "out/x.json"]),
        ("", &["--unknown"]),
        ("", &["explain"]),
    ];
    for name in file_names() {
        let folder = Folder::with(&[(&name, "")]);
        fs::create_dir(folder.path("out")).unwrap();
        for (text, args) in commands {
            fs::write(folder.path(&name), text).unwrap();
            let Run { stdout, stderr, .. } = run(&folder, args, &name);
            assert_safe(&stderr, &format!("standard error of {args:?} on {name:?}"));
            assert!(!name.contains('\n') || !stderr.contains(&name), "{args:?}: {stderr}");
            assert_safe(
                &String::from_utf8(stdout).unwrap(),
                &format!("standard output of {args:?} on {name:?}"),
            );
        }
        let stderr = run(&folder, &["check"], &format!("{name} missing")).fails(1, &["cannot read"]);
        assert_eq!(stderr.lines().count(), 1, "{stderr}");
        if let Some(json) = folder.read("out/x.json") {
            assert_safe(&String::from_utf8(json).unwrap(), "JSON of a script");
        }
    }
}

#[test]
fn the_diff_of_a_file_has_no_unsafe_character() {
    let folder = Folder::with(&[("a.wat", "(module)")]);
    for name in HOSTILE {
        fs::write(folder.path("a.h"), name).unwrap();
        let Run { stdout, stderr, code } = folder.run(&["assemble", "a.wat", "--emit", "c", "--check"]);
        assert_eq!(code, Some(1));
        assert_safe(&String::from_utf8(stdout).unwrap(), "difference");
        assert_safe(&stderr, "message");
    }
}
