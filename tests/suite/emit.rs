//! The output formats. The output of each is read back by a program that uses the format.

#![cfg(feature = "cli")]

mod hostile_names;

use crate::cli::{Folder, Run};
use gcwat::Assembler;
use gcwat::emit::{Emitter, Format};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Returns the programs of the corpus and one with every kind of field: name and text.
pub fn programs() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files: Vec<PathBuf> =
        fs::read_dir(root.join("corpus")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "wat"));
    files.push(root.join("tests/suite/emit/kitchen.wat"));
    files.sort();
    let name = |file: &PathBuf| file.file_stem().unwrap().to_str().unwrap().to_owned();
    files.iter().map(|file| (name(file), fs::read_to_string(file).unwrap())).collect()
}

/// Creates a folder with all programs.
fn folder() -> Folder {
    let folder = Folder::new();
    for (name, text) in programs() {
        fs::write(folder.path(&format!("{name}.wat")), text).unwrap();
    }
    folder
}

fn files() -> Vec<String> {
    programs().into_iter().map(|(name, _)| format!("{name}.wat")).collect()
}

/// Writes all programs of the folder in a format.
fn emit(folder: &Folder, format: &str, more: &[&str]) {
    let files = files();
    let mut args = vec!["assemble", "--emit", format];
    args.extend(more);
    args.extend(files.iter().map(String::as_str));
    let run = folder.run(&args);
    assert_eq!((run.code, run.stderr.contains("error")), (Some(0), false), "{}", run.stderr);
}

/// Whether a tool is installed. It must be if `CI` is set; otherwise its test is skipped.
pub fn has(tool: &str) -> bool {
    let found = Command::new(tool).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(found.is_ok() || std::env::var_os("CI").is_none(), "{tool} is not installed");
    if found.is_err() {
        eprintln!("skipped: {tool} is not installed");
    }
    found.is_ok()
}

/// Runs a tool in the folder and returns its output. The tool must succeed without warnings.
pub fn tool(folder: &Folder, tool: &str, args: &[&str]) -> Vec<u8> {
    let output = Command::new(tool).args(args).current_dir(folder.path("")).output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && stderr.is_empty(), "{tool} {args:?}: {stderr}");
    output.stdout
}

/// The expected output of a program that prints each module as a line of hexadecimal digits.
fn all_in_hex() -> String {
    let hex = |text: &String| {
        let bytes = gcwat::assemble(text).unwrap();
        bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>() + "\n"
    };
    programs().iter().map(|(_, text)| hex(text)).collect()
}

const BOTH: [&[&str]; 2] = [&[], &["--annotate"]];

// ---------------------------------------------------------------------------------- Consumers

#[test]
fn gcc_and_gxx_compile_the_header_in_every_standard() {
    if !has("gcc") || !has("g++") {
        return;
    }
    for more in BOTH {
        let folder = folder();
        emit(&folder, "c", more);
        let mut program = "#include <stdio.h>\n".to_owned();
        let mut body = String::new();
        for (name, _) in programs() {
            program.push_str(&format!("#include \"{name}.h\"\n#include \"{name}.h\"\n"));
            body.push_str(&format!("    print({name}, {name}_len, sizeof {name});\n"));
        }
        program.push_str(
            "static void print(const unsigned char *bytes, unsigned int len, unsigned long size) {\n    \
             unsigned int i;\n    for (i = 0; i < len && len == size; i++) printf(\"%02x\", bytes[i]);\n    \
             printf(\"\\n\");\n}\n",
        );
        program.push_str(&format!("int main(void) {{\n{body}    return 0;\n}}\n"));
        fs::write(folder.path("main.c"), &program).unwrap();
        fs::write(folder.path("main.cc"), &program).unwrap();
        let strict = ["-Wall", "-Wextra", "-pedantic", "-Werror", "-Wbidi-chars=any", "-fsyntax-only"];
        for (compiler, file, standards) in [
            ("gcc", "main.c", &["c89", "c99", "c11", "c17", "c2x"][..]),
            ("g++", "main.cc", &["c++98", "c++11", "c++14", "c++17", "c++20", "c++23"]),
        ] {
            for standard in standards {
                let standard = format!("-std={standard}");
                let args = [&[standard.as_str()], &strict[..], &[file]].concat();
                tool(&folder, compiler, &args);
            }
        }
        tool(&folder, "gcc", &["main.c", "-o", "main"]);
        let printed = tool(&folder, folder.path("main").to_str().unwrap(), &[]);
        assert_eq!(String::from_utf8(printed).unwrap(), all_in_hex());
    }
}

#[test]
fn node_imports_the_module_and_the_engine_compiles_it() {
    if !has("node") {
        return;
    }
    for more in BOTH {
        let folder = folder();
        fs::write(folder.path("package.json"), "{\"type\": \"module\"}").unwrap();
        emit(&folder, "js", more);
        let mut program = String::new();
        for (name, _) in programs() {
            program.push_str(&format!(
                "{{\n  const {{ default: bytes }} = await import('./{name}.js');\n  \
                 if (!(bytes instanceof Uint8Array)) throw new Error('{name}');\n  \
                 console.log(Buffer.from(bytes).toString('hex'));\n}}\n"
            ));
        }
        // Programs that every engine can run; tests/embed runs more with newer engines.
        fs::write(folder.path("answer.wat"), "(func (export \"f\") (result i32) i32.const 42)").unwrap();
        folder.run(&[&["assemble", "--emit", "js", "answer.wat"], more].concat()).fine();
        program.push_str(
            "const { default: bytes } = await import('./answer.js');\n\
             const { instance } = await WebAssembly.instantiate(bytes);\n\
             console.log(instance.exports.f());\n",
        );
        fs::write(folder.path("main.mjs"), program).unwrap();
        let printed = tool(&folder, "node", &["main.mjs"]);
        assert_eq!(String::from_utf8(printed).unwrap(), all_in_hex() + "42\n");
    }
}

#[test]
fn the_file_for_emscripten_makes_the_module() {
    if !has("gcc") || !has("node") {
        return;
    }
    for more in BOTH {
        let folder = folder();
        emit(&folder, "em-js", more);
        // Expands the macro as Emscripten does, textually.
        let header = "#define EM_JS(ret, name, params, ...) const char name[] = \"function \" #name \"()\" #__VA_ARGS__;\n";
        fs::write(folder.path("emscripten.h"), header).unwrap();
        let mut program = "#include <stdio.h>\n".to_owned();
        let mut body = String::new();
        for (name, _) in programs() {
            program.push_str(&format!("#include \"{name}.c\"\n"));
            body.push_str(&format!("    printf(\"%s\\n{name}();\\n\", {name});\n"));
        }
        program.push_str(&format!("int main(void) {{\n{body}    return 0;\n}}\n"));
        fs::write(folder.path("main.c"), program).unwrap();
        tool(&folder, "gcc", &["-I.", "-Wall", "-Wextra", "-Werror", "main.c", "-o", "main"]);
        let script = String::from_utf8(tool(&folder, folder.path("main").to_str().unwrap(), &[])).unwrap();
        let script = format!(
            "globalThis.WebAssembly = {{ Module: class {{\n  constructor(bytes) {{ \
             console.log(Buffer.from(bytes).toString('hex')); }}\n}} }};\n{script}"
        );
        fs::write(folder.path("main.js"), script).unwrap();
        let printed = tool(&folder, "node", &["main.js"]);
        assert_eq!(String::from_utf8(printed).unwrap(), all_in_hex());
    }
}

#[test]
fn rustc_compiles_the_constant_without_a_warning() {
    for more in BOTH {
        let folder = folder();
        emit(&folder, "rust", more);
        let mut program = "#![deny(warnings)]\n".to_owned();
        let mut names = String::new();
        for (name, _) in programs() {
            program.push_str(&format!("include!(\"{name}.rs\");\n"));
            names.push_str(&format!("&{}[..], ", name.to_uppercase()));
        }
        program.push_str(&format!(
            "fn main() {{\n    for bytes in [{names}] {{\n        \
             for byte in bytes {{ print!(\"{{byte:02x}}\") }}\n        println!();\n    }}\n}}\n"
        ));
        fs::write(folder.path("main.rs"), program).unwrap();
        let rustc = std::env::var("RUSTC").unwrap_or("rustc".into());
        tool(&folder, &rustc, &["--edition", "2021", "main.rs", "-o", "main"]);
        let printed = tool(&folder, folder.path("main").to_str().unwrap(), &[]);
        assert_eq!(String::from_utf8(printed).unwrap(), all_in_hex());
    }
}

#[test]
fn python_imports_the_constant() {
    if !has("python3") {
        return;
    }
    for more in BOTH {
        let folder = folder();
        emit(&folder, "python", more);
        let mut program = String::new();
        for (name, _) in programs() {
            let upper = name.to_uppercase();
            program.push_str(&format!("from {name} import {upper}\nassert type({upper}) is bytes\n"));
            program.push_str(&format!("print({upper}.hex())\n"));
        }
        fs::write(folder.path("main.py"), program).unwrap();
        let printed = tool(&folder, "python3", &["-W", "error", "-B", "main.py"]);
        assert_eq!(String::from_utf8(printed).unwrap(), all_in_hex());
    }
}

#[test]
fn one_line_formats_are_one_line_and_can_be_decoded() {
    let folder = folder();
    for format in ["hex", "base64", "json"] {
        emit(&folder, format, &[]);
    }
    let mut hex = String::new();
    for (name, text) in programs() {
        let bytes = gcwat::assemble(&text).unwrap();
        let read = |extension: &str| folder.read(&format!("{name}.{extension}")).unwrap();
        hex.push_str(std::str::from_utf8(&read("hex")).unwrap());
        let json: Vec<u8> = serde_json::from_slice(&read("json")).unwrap();
        assert_eq!(json, bytes);
        assert_eq!(tool(&folder, "base64", &["-d", &format!("{name}.b64")]), bytes);
        for extension in ["hex", "json", "b64"] {
            let text = read(extension);
            assert_eq!(text.iter().filter(|&&byte| byte == b'\n').count(), 1);
            assert_eq!(text.last(), Some(&b'\n'));
        }
    }
    assert_eq!(hex, all_in_hex());
}

#[test]
fn the_text_is_standard_and_assembles_to_the_same_bytes() {
    let folder = Folder::new();
    for (name, text) in programs() {
        fs::write(folder.path("in.wat"), &text).unwrap();
        folder.run(&["assemble", "in.wat", "--emit", "wat", "-o", "out.wat"]);
        let out = String::from_utf8(folder.read("out.wat").unwrap()).unwrap();
        let again = Assembler::new().names(true).strict(true).assemble(&out);
        let again = again.unwrap_or_else(|errors| panic!("{name}: {errors}"));
        let bytes = Assembler::new().names(true).assemble(&text).unwrap().into_bytes();
        assert_eq!(again.bytes(), bytes, "{name}");
    }
}

// ---------------------------------------------------------------------------------- Listing

/// Returns the bytes of a listing, each at its offset.
fn listed(listing: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    for row in listing.lines().skip(2) {
        assert!(row.chars().count() <= 100, "{row}");
        let (offset, rest) = row.split_at(8);
        assert_eq!(usize::from_str_radix(offset, 16).unwrap(), bytes.len(), "{row}");
        let digits: String = rest.chars().take(25).collect();
        bytes.extend(digits.split_whitespace().map(|digits| u8::from_str_radix(digits, 16).unwrap()));
    }
    bytes
}

fn listing(text: &str, names: bool) -> (Vec<u8>, String) {
    let assembled = Assembler::new().origins(true).names(names).assemble(text).unwrap();
    let listing = Emitter::new(text, &assembled).to_vec(Format::Listing).unwrap();
    (assembled.bytes().to_vec(), String::from_utf8(listing).unwrap())
}

#[test]
fn a_listing_contains_every_byte_once() {
    for (name, text) in programs() {
        for names in [false, true] {
            let (bytes, listing) = listing(&text, names);
            assert_eq!(listed(&listing), bytes, "{name}");
        }
    }
}

#[test]
fn a_listing_shows_each_instruction_with_its_line() {
    for (name, text) in programs() {
        let lines: Vec<&str> = text.lines().collect();
        let (_, listing) = listing(&text, false);
        let code = listing.lines().skip_while(|row| !row.contains("code section"));
        let mut count = 0;
        for row in code.take_while(|row| !row.contains("data section")) {
            let number = row.get(34..43).unwrap_or("");
            let Ok(line) = number.trim().parse::<usize>() else { continue };
            let word = row[44..].split_whitespace().next().unwrap();
            // A parenthesis can abbreviate these.
            if !matches!(word, "end" | "else") {
                assert!(lines[line - 1].contains(word), "{name}: {row}");
                count += 1;
            }
        }
        assert!(count > 5, "{name}");
    }
}

#[test]
fn a_listing_of_a_binary_module_has_names() {
    let (bytes, listing) = listing(
        r#"(module binary "\00asm\01\00\00\00" "\01\04\01\60\00\00" "\03\02\01\00" "\0a\05\01\03\00\01\0b")"#,
        false,
    );
    assert_eq!(listed(&listing), bytes);
    assert!(listing.contains("nop"), "{listing}");
}

#[test]
fn generated_modules_can_be_listed_annotated_and_disassembled() {
    for number in 0..100 {
        let text = crate::smith::text(number);
        let assembled = Assembler::new().origins(true).names(true).validate(false).assemble(&text).unwrap();
        let bytes = assembled.bytes();
        let emitter = Emitter::new(&text, &assembled);
        let listing = String::from_utf8(emitter.to_vec(Format::Listing).unwrap()).unwrap();
        assert!(listed(&listing) == bytes, "module {number}");
        let header = String::from_utf8(emitter.annotate(true).to_vec(Format::C).unwrap()).unwrap();
        let rows = header.lines().filter(|row| row.trim_start().starts_with("0x"));
        let digits = rows.flat_map(|row| row.split("/*").next().unwrap().split(',')).map(str::trim);
        let digits = digits.filter_map(|digits| digits.strip_prefix("0x"));
        let found: Vec<u8> = digits.map(|digits| u8::from_str_radix(digits, 16).unwrap()).collect();
        assert!(found == bytes, "module {number}");
        let again = gcwat::disassemble(bytes).unwrap();
        assert_eq!(again.difference, None, "module {number}");
    }
}

#[test]
fn a_large_data_segment_is_listed_completely() {
    let large = "\\ff0123456789".repeat(9000);
    let text = format!(
        "(memory 9) (data (i32.const 0) \"{large}\") (data \"\") (data \"{large}\") (@custom \"c\" \"{large}\")"
    );
    let (bytes, listing) = listing(&text, false);
    assert!(bytes.len() > 290_000);
    assert!(listed(&listing) == bytes);
    for shown in [
        "data section, ",
        "3 data segments",
        "(data (i32.const 0) \"",
        "(data \"\")",
        "\".0123456\"",
        "\"c\"",
    ] {
        assert!(listing.contains(shown), "{shown}");
    }
}

#[test]
fn an_invalid_module_is_listed_without_types() {
    let text = "(func $f i32.const 1 i64.add drop) (func $g (result i32) i32.const 2)";
    let assembled = Assembler::new().origins(true).validate(false).assemble(text).unwrap();
    let listing = Emitter::new(text, &assembled).to_vec(Format::Listing).unwrap();
    let listing = String::from_utf8(listing).unwrap();
    assert_eq!(listed(&listing), assembled.bytes());
    assert!(
        listing.contains("i32.const 1             [i32]")
            && listing.contains("i32.const 2             [i32]")
    );
    assert!(listing.lines().any(|row| row.ends_with("i64.add")), "{listing}");
}

#[test]
fn a_listing_does_not_depend_on_the_number_of_threads() {
    let mut text = String::new();
    for number in 0..3000 {
        text.push_str(&format!(
            "(func $f{number} (param i32 i64) (result i64) local.get 0 call $f0 drop i64.const {number})\n"
        ));
    }
    let text = text.replace("local.get 0 call $f0 drop ", "");
    let assembled = Assembler::new().origins(true).assemble(&text).unwrap();
    let one = Emitter::new(&text, &assembled).threads(1).to_vec(Format::Listing).unwrap();
    let many = Emitter::new(&text, &assembled).threads(5).to_vec(Format::Listing).unwrap();
    assert!(one == many);
    assert_eq!(listed(std::str::from_utf8(&one).unwrap()), assembled.bytes());
}

#[test]
fn a_wide_stack_is_cut_at_the_bottom() {
    let values = "i64.const 1 ".repeat(30) + "f32.const 1 " + &"drop ".repeat(31);
    let text = format!(
        "(type $a_type_with_a_name_that_is_far_too_long_to_be_shown_beside_anything (struct))
        (func {values} struct.new 0 drop)"
    );
    let (bytes, listing) = listing(&text, false);
    assert_eq!(listed(&listing), bytes);
    assert!(listing.contains(" [.. i64 i64 i64 i64 i64 f32]\n"), "{listing}");
    assert!(listing.contains("[(ref $a_type_with_a_name"), "{listing}");
}

// ---------------------------------------------------------------------------------- Whole output

/// Compares output for people with the accepted output; `BLESS=1` accepts the new output.
fn accepted(file: &str, found: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/emit").join(file);
    if std::env::var_os("BLESS").is_some() {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(String::from_utf8_lossy(found), expected, "{file}");
}

#[test]
fn output_for_people_matches_the_snapshots() {
    let folder = folder();
    for (program, format, more, file) in [
        ("trampoline", "js", &["--annotate"][..], "trampoline.js"),
        ("trampoline", "c", &[], "trampoline.h"),
        ("trampoline", "listing", &[], "trampoline.lst"),
        ("trampoline_call", "em-js", &["--name", "getWasmTrampolineModule"], "trampoline_call.c"),
        ("i31", "rust", &["--annotate"], "i31.rs"),
        ("kitchen", "c", &["--annotate", "-g"], "kitchen.h"),
        ("kitchen", "listing", &["-g"], "kitchen.lst"),
        ("kitchen", "python", &["--annotate"], "kitchen.py"),
        ("kitchen", "wat", &[], "kitchen.standard.wat"),
    ] {
        let program = format!("{program}.wat");
        let args = [&["assemble", &program, "--emit", format, "-o", "-"], more].concat();
        accepted(file, &folder.run(&args).stdout);
    }
}

#[test]
fn the_embedding_page_shows_actual_output() {
    let page = include_str!("../../docs/embedding.md");
    for (block, whole) in
        [("```js\n", include_str!("emit/trampoline.js")), ("```text\n", include_str!("emit/trampoline.lst"))]
    {
        let (_, shown) = page.split_once(block).unwrap();
        let (shown, _) = shown.split_once("```").unwrap();
        assert!(shown.lines().count() > 5);
        for line in shown.lines() {
            assert!(whole.lines().any(|other| other == line), "{line}");
        }
    }
}

// ---------------------------------------------------------------------------------- Command line

#[test]
fn check_accepts_the_output_and_detects_a_changed_byte() {
    for format in Format::ALL {
        let folder = Folder::with(&[("a.wat", "(module (func (export \"f\") (result i32) i32.const 42))")]);
        let out = format!("out.{}", format.extension());
        let args = ["assemble", "a.wat", "--emit", format.name(), "-o", &out];
        folder.run(&args).fine();
        let check = [&args[..], &["--check"]].concat();
        assert_eq!(folder.run(&check).fine(), b"");
        let written = folder.read(&out).unwrap();
        for at in [0, written.len() / 2, written.len() - 1] {
            let mut changed = written.clone();
            changed[at] ^= 1;
            fs::write(folder.path(&out), &changed).unwrap();
            let Run { code, stdout, stderr } = folder.run(&check);
            assert_eq!(code, Some(1), "{format}");
            assert!(stderr.contains(&out) && stderr.contains("a.wat"), "{stderr}");
            let diff = String::from_utf8_lossy(&stdout);
            assert!(diff.starts_with(&format!("--- {out}\n+++ from a.wat\n@@ ")), "{diff}");
            assert!(diff.lines().count() < 25, "{diff}");
            assert_eq!(folder.read(&out).unwrap(), changed, "check must not write");
        }
        fs::remove_file(folder.path(&out)).unwrap();
        folder.run(&check).fails(1, &[&out]);
        assert_eq!(folder.names(), ["a.wat"]);
    }
}

#[test]
fn each_format_has_an_extension_and_supports_standard_output() {
    for format in Format::ALL.iter().filter(|format| **format != Format::Wat) {
        let folder = Folder::with(&[("a.wat", "(module)")]);
        folder.run(&["assemble", "a.wat", "--emit", format.name()]).fine();
        let written = folder.read(&format!("a.{}", format.extension())).unwrap();
        assert_eq!(folder.names().len(), 2);
        let piped = folder.run(&["assemble", "a.wat", "--emit", format.name(), "-o", "-"]).fine();
        assert_eq!(piped, written);
    }
    let folder = Folder::with(&[("a.wat", "(module)")]);
    folder.run(&["assemble", "a.wat", "--emit", "wat"]).fails(1, &["is the input", "-o"]);
}

#[test]
fn typescript_declarations_are_next_to_the_module() {
    let folder = Folder::with(&[("a.wat", "(module)")]);
    folder.run(&["assemble", "a.wat", "--emit", "js", "--dts"]).fine();
    let text = String::from_utf8(folder.read("a.d.ts").unwrap()).unwrap();
    assert!(text.contains("declare const a: Uint8Array<ArrayBuffer>;\nexport default a;\n"), "{text}");
    folder.run(&["assemble", "a.wat", "--emit", "js", "--dts", "-o", "b.mjs", "--name", "bytes"]).fine();
    assert!(folder.read("b.d.mts").is_some());
    folder.run(&["assemble", "a.wat", "--emit", "js", "--dts", "--check"]).fine();
    fs::write(folder.path("a.d.ts"), "").unwrap();
    assert_eq!(folder.run(&["assemble", "a.wat", "--emit", "js", "--dts", "--check"]).code, Some(1));
}

#[test]
fn the_name_option_sets_the_symbol() {
    let folder = Folder::with(&[("a-b.wat", "(module)")]);
    let run = |args: &[&str]| {
        let args = [&["assemble", "a-b.wat", "-o", "-"], args].concat();
        String::from_utf8(folder.run(&args).fine()).unwrap()
    };
    assert!(run(&["--emit", "c"]).contains("static const unsigned char a_b[] = {"));
    assert!(run(&["--emit", "c", "--name", "x"]).contains("static const unsigned int x_len = 8;"));
    assert!(run(&["--emit", "rust"]).contains("pub const A_B: [u8; 8] = ["));
    assert!(run(&["--emit", "rust", "--name", "x"]).contains("#[allow(non_upper_case_globals)]"));
    assert!(run(&["--emit", "python", "--name", "X"]).contains("\nX = bytes(["));
    assert!(run(&["--emit", "em-js", "--name", "make"]).contains("EM_JS(void, make, (void), {"));
}

#[test]
fn conflicting_options_are_usage_errors() {
    let folder = Folder::with(&[("a.wat", "(module)"), ("b.wat", "(module)")]);
    for (args, words) in [
        (&["--emit", "d"][..], &["d", "wasm", "em-js", "listing"][..]),
        (&["--emit", "hex", "--annotate"], &["hex", "--annotate", "em-js"]),
        (&["--annotate"], &["wasm", "--annotate"]),
        (&["--dts"], &["--dts", "js"]),
        (&["--emit", "js", "--dts", "-o", "-"], &["--dts"]),
        (&["--check", "-o", "-"], &["--check"]),
        (&["--emit", "c", "--name", "a-b"], &["a-b", "identifier"]),
        (&["--emit", "c", "--name", "class"], &["class", "keyword"]),
        (&["--emit", "c", "--name", ""], &["identifier"]),
    ] {
        folder.run(&[&["assemble", "a.wat"], args].concat()).fails(2, words);
        assert_eq!(folder.names(), ["a.wat", "b.wat"]);
    }
}

#[test]
fn make_can_read_a_depfile() {
    let folder = Folder::with(&[("a b$c#.wat", "(module)")]);
    let args = ["assemble", "a b$c#.wat", "--emit", "js", "--dts", "-o", "out x.js", "--depfile", "out.d"];
    folder.run(&args).fine();
    let rule = String::from_utf8(folder.read("out.d").unwrap()).unwrap();
    assert_eq!(rule, "out\\ x.js out\\ x.d.ts: a\\ b$$c\\#.wat\n");
    if has("make") {
        // Make updates the output only if the text is newer.
        fs::write(folder.path("Makefile"), "include out.d\nout\\ x.js:\n\t@echo made\n").unwrap();
        let time = std::time::SystemTime::now() + std::time::Duration::from_secs(10);
        assert!(!String::from_utf8(tool(&folder, "make", &["out x.js"])).unwrap().contains("made\n"));
        fs::File::options().append(true).open(folder.path("a b$c#.wat")).unwrap().set_modified(time).unwrap();
        let made = Command::new("make").arg("out x.js").current_dir(folder.path("")).output().unwrap();
        assert!(String::from_utf8(made.stdout).unwrap().contains("made\n"));
    }
    folder.run(&["assemble", "a b$c#.wat", "-o", "-", "--depfile", "d"]).fails(2, &["--depfile"]);
}

#[test]
fn completions_and_manual_pages_cover_all_commands() {
    let folder = Folder::new();
    let commands = ["assemble", "check", "disassemble", "explain", "script", "completions", "man"];
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = String::from_utf8(folder.run(&["completions", shell]).fine()).unwrap();
        for word in commands.iter().chain(&["annotate", "source-map"]) {
            assert!(script.contains(word), "{shell}: {word}");
        }
    }
    if has("bash") {
        let script = folder.run(&["completions", "bash"]).fine();
        fs::write(folder.path("gcwat.bash"), script).unwrap();
        let complete = "source ./gcwat.bash; COMP_WORDS=(gcwat dis); COMP_CWORD=1; _gcwat gcwat dis gcwat; echo ${COMPREPLY[@]}";
        assert_eq!(tool(&folder, "bash", &["-c", complete]), b"disassemble\n");
    }
    let page = String::from_utf8(folder.run(&["man"]).fine()).unwrap();
    assert!(page.contains(".TH gcwat 1"), "{page}");
    folder.run(&["man", "--dir", "."]).fine();
    for command in commands {
        let page = folder.read(&format!("gcwat-{command}.1")).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert!(page.contains(&format!("gcwat\\-{command}")) && page.contains(".SH OPTIONS"), "{page}");
    }
    folder.run(&["man", "--dir", "none"]).fails(1, &["none"]);
}

/// Runs a command that takes two seconds because nobody reads its output. Returns what it prints.
#[cfg(target_os = "linux")]
fn slow_command(folder: &Folder, on_terminal: bool) -> String {
    let gcwat = env!("CARGO_BIN_EXE_gcwat");
    let command = format!("{gcwat} assemble a.wat -o pipe");
    let command = match on_terminal {
        // `script` gives the command a terminal.
        true => format!("script -qefc '{command}' /dev/null </dev/null"),
        false => command,
    };
    let line = format!("mkfifo pipe; (sleep 2; cat pipe > a.wasm) & {command} 2>&1; wait; rm pipe");
    String::from_utf8(tool(folder, "sh", &["-c", &line])).unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn long_runs_show_a_progress_bar_only_on_a_terminal() {
    let folder = Folder::with(&[("a.wat", MODULE)]);
    assert_eq!(slow_command(&folder, false), "");
    assert_eq!(folder.read("a.wasm").unwrap(), gcwat::assemble(MODULE).unwrap());
    if has("script") {
        let shown = slow_command(&folder, true);
        assert!(shown.contains('%'), "{shown:?}");
        assert_eq!(folder.read("a.wasm").unwrap(), gcwat::assemble(MODULE).unwrap());
    }
}

const MODULE: &str = "(module (func (export \"f\") (result i32) i32.const 42))";
