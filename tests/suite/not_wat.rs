//! Input in another format has one error. A mistake in the text format is not reported as another format.

use gcwat::script::Script;
use gcwat::{Assembler, Code};

/// The name, the input, a part of the message, and the line of the error.
type Case = (&'static str, &'static str, &'static str, u32);

#[rustfmt::skip]
const TEXTS: &[Case] = &[
    ("component", "(component\n  (core module $m (func)))", "a component, not a module", 1),
    ("component after a comment", ";; made by hand\n( component $c)", "a component, not a module", 2),
    ("WIT package", "package example:adder@1.0.0;\n\nworld adder {\n  export add: func(a: u32, b: u32) -> u32;\n}", "WIT", 1),
    ("WIT package and world", "package foo:bar; world x { import a; }", "WIT", 1),
    ("WIT interface", "/// Adds.\ninterface add-things {\n  add: func(a: u32, b: u32) -> u32;\n}", "WIT", 2),
    ("WIT world", "world root {\n  import wasi:cli/stdout;\n}", "WIT", 1),
    ("wasm-objdump -d", "\nadd.wasm:\tfile format wasm 0x1\n\nCode Disassembly:\n\n000027 func[0] <add>:\n 000028: 20 00                      | local.get 0\n", "gcwat disassemble", 2),
    ("wasm-objdump -x", "add.wasm:\tfile format wasm 0x1\n\nSection Details:\n\nType[1]:\n - type[0] (i32, i32) -> i32\n", "gcwat disassemble", 1),
    ("llvm-objdump", "a.wasm:\tfile format wasm\n\nDisassembly of section CODE:\n\n00000000 <CODE>:\n       3: 20 00     \tlocal.get\t0\n", "listing", 1),
    ("GNU objdump", "a.out:     file format elf64-x86-64\n\n\nDisassembly of section .text:\n\n0000000000001129 <main>:\n    1129:\t55                   \tpush   %rbp\n", "listing", 1),
    ("part of a listing", " 000028: 20 00                      | local.get 0\n 00002a: 20 01                      | local.get 1\n 00002c: 6a                         | i32.add\n", "listing", 1),
    ("xxd", "00000000: 0061 736d 0100 0000 0107 0160 027f 7f01  .asm.......`....\n00000010: 7f03 0201 0007\n", "hex dump", 1),
    ("hexdump -C", "00000000  00 61 73 6d 01 00 00 00  01 07 01 60 02 7f 7f 01  |.asm.......`....|\n00000010  7f 03\n", "hex dump", 1),
    ("base64", "AGFzbQEAAAABBwFgAn9/AX8DAgEABwcBA2FkZAAACgkBBwAgACABags=", "encoded", 1),
    ("hexadecimal", "0061736d0100000001070160027f7f017f", "encoded", 1),
    ("LLVM assembly", "\t.text\n\t.file\t\"add.c\"\n\t.functype\tadd (i32, i32) -> (i32)\n\t.globl\tadd\nadd:\n\tlocal.get\t0\n\tend_function\n", "assembly language", 1),
    ("a directive", "add:\n  .functype add (i32, i32) -> (i32)\n  local.get 0\n", "`.functype add (i32, i32) -> (i32)`", 2),
    ("GNU assembly", "        .globl main\nmain:\n        pushq   %rbp\n", "assembly language", 1),
    ("NASM", "section .text\nglobal _start\n_start:\n  mov eax, 1\n", "assembly language", 1),
    ("LLVM IR", "; ModuleID = 'add.c'\ntarget triple = \"wasm32\"\n\ndefine i32 @add(i32 %a) {\n  ret i32 %a\n}\n", "LLVM IR", 1),
    ("template literal", "const wat = `\n  (module\n    (func (export \"f\")))\n`;\nconsole.log(wat);\n", "JavaScript", 1),
    ("template literal on a line", "const wat = `(module (func))`;", "JavaScript", 1),
    ("instantiation", "import fs from 'fs';\nconst m = new WebAssembly.Module(fs.readFileSync('a.wasm'));\n", "JavaScript", 1),
    ("call of the API", "new WebAssembly.Module(wabt.parseWat('a.wat', `(module)`).toBinary({}).buffer)", "JavaScript", 1),
    ("default export", "export default `\n(module\n  (func))\n`", "JavaScript", 1),
    ("tagged template", "// @flow\nmodule.exports = wat`\n(module)\n`", "JavaScript", 2),
    ("JavaScript after the module", "(module\n  (func))\n`;\nconst instance = new WebAssembly.Instance(module);\n", "JavaScript", 4),
    ("function call of SpiderMonkey", "var m = wasmEvalText(`(module\n  (func))`);\nassertEq(m.x, 1);", "JavaScript", 1),
    ("AssemblyScript", "export function add(a: i32, b: i32): i32 {\n  return a + b;\n}\n", "AssemblyScript", 1),
    ("TypeScript", "interface Exports {\n  add: (a: number, b: number) => number;\n}\nconst wat: string = `(module)`;\n", "TypeScript", 1),
    ("Rust", "use wasmtime::*;\n\nfn main() -> Result<()> {\n    let wat = r#\"\n        (module (func (export \"f\")))\n    \"#;\n}\n", "Rust", 1),
    ("Rust test", "#[test]\nfn adds() {\n    assert!(true);\n}\n", "Rust", 1),
    ("Rust constant", "const WAT: &str = r#\"\n(module\n  (func))\n\"#;\n", "Rust", 1),
    ("Wax or Rust function", "fn add(x: i32, y: i32) -> i32 {\n    x + y\n}\n", "Rust", 1),
    ("C", "#include <stdio.h>\n\nint main(void) {\n  return 0;\n}\n", "C or C++", 3),
    ("C string", "static const char *wat =\n  \"(module\"\n  \"  (func))\";\n", "C or C++", 1),
    ("Python", "import wasmtime\n\nwat = \"\"\"\n(module\n  (func))\n\"\"\"\n", "Python", 1),
    ("Python string", "WAT = '''\n(module)\n'''\n", "Python", 1),
    ("Go", "package main\n\nfunc main() {\n\twat := `(module)`\n}\n", "Go", 1),
    ("Zig", "const std = @import(\"std\");\nexport fn add(a: i32, b: i32) i32 {\n    return a + b;\n}\n", "Zig", 1),
    ("Java", "public class Main {\n  static String wat = \"(module)\";\n}\n", "another language", 1),
    ("shell", "#!/bin/sh\ncat > a.wat <<'EOF'\n(module)\nEOF\n", "script for another program", 1),
    ("here-document", "gcwat assemble - <<EOF\n(module)\nEOF\n", "script for another program", 1),
    ("HTML entities", "(module\n  (import &quot;env&quot; &quot;log&quot; (func)))", "`&quot;` is an HTML entity", 2),
    ("entity in an instruction", "(func $f&lt;i32&gt;)", "`&lt;`", 1),
    ("numeric entity", "(module (export &#34;f&#x22; (func 0)))", "`&#34;`", 1),
    ("HTML page", "<!DOCTYPE html>\n<html>\n<body><pre>\n(module)\n</pre></body></html>", "HTML", 1),
    ("HTML around a module", "<pre><code class=\"wat\">(module\n  (func))</code></pre>", "HTML", 1),
    ("closing tag", "(module\n  (func))</code>\n", "`</code>`", 2),
    ("include", "#include \"macros.h\"\n(module\n  (func))", "C preprocessor", 1),
    ("define", "#define PAGES 2\n(module\n  (memory PAGES))", "`#define PAGES 2`", 1),
    ("ifdef in a module", "(module\n#ifdef DEBUG\n  (import \"env\" \"log\" (func))\n#endif\n  (memory 1))", "`#ifdef DEBUG`", 2),
    ("indented if", "(module\n  #if PAGES > 1\n  (memory 2)\n  #else\n  (memory 1)\n  #endif\n)", "`#if PAGES > 1`", 2),
    ("handlebars", "(module\n  (memory {{pages}}))", "`{{pages}}`", 2),
    ("Jinja", "(module\n{% if debug %}\n  (func)\n{% endif %}\n)", "`{% if debug %}`", 2),
    ("interpolation", "(module\n  (global i32 (i32.const ${value})))", "`${value}`", 2),
    ("ERB", "(module (memory <%= pages %>))", "`<%= pages %>`", 1),
    ("autoconf", "(module (memory @PAGES@))", "`@PAGES@`", 1),
    ("printf", "(module (memory %d))", "`%d`", 1),
    ("m4 include", "m4_include(`macros.m4')\n(module)\n", "m4", 1),
    ("m4 define", "define(`PAGES', `2')dnl\n(module (memory PAGES))\n", "m4", 1),
    ("merge conflict", "(module\n<<<<<<< HEAD\n  (memory 1)\n=======\n  (memory 2)\n>>>>>>> branch\n)", "merge conflict", 2),
    ("end of a conflict", "(module\n  (memory 2)\n>>>>>>> 1f2e3d4 (more memory)\n)", "merge conflict", 3),
    ("script", "(module (func (export \"f\")))\n(assert_return (invoke \"f\"))", "gcwat script", 2),
    ("script of assertions", "(assert_invalid (module (func (result i32))) \"type mismatch\")", "gcwat script", 1),
    ("script with register", "(module)\n(register \"M\")\n(module (import \"M\" \"f\" (func)))", "`register`", 2),
    ("script with invoke", "(module $m (func (export \"f\")))\n(invoke $m \"f\")", "`invoke`", 2),
    ("script of quoted modules", ";; test\n(module quote \"(func)\")\n(assert_malformed (module quote \"(func\") \"x\")", "`assert_malformed`", 3),
    ("script of definitions", "(module definition $M (memory 1))\n(module instance $I $M)", "`module definition`", 1),
    ("component: a core module", "(core module $m (func))", "a component", 1),
    ("context diff", "*** a.wat\n--- b.wat\n***************\n*** 1,3 ****\n", "diff", 3),
    ("line markers", "# 1 \"a.wat\"\n# 1 \"<built-in>\"\n(module)\n", "C preprocessor", 1),
    ("wasm-tools dump", " 0x0 | 00 61 73 6d | version 1 (Module)\n     | 01 00 00 00\n 0x8 | 01 07       | type section\n", "listing", 1),
    ("listing of gcwat", "; l.wat, 39 bytes\n  offset  bytes                        line  what it is\n00000000  00 61 73 6d                       \"\\0asm\", the magic number\n00000004  01 00 00 00                       version 1\n", "listing", 3),
    ("C array", "unsigned char wasm[] = {\n  0x00, 0x61, 0x73, 0x6d\n};\n", "C or C++", 1),
    ("Swift", "let wat = \"\"\"\n(module)\n\"\"\"\n", "another language", 1),
    ("shell test", "$1\n\necho \"(module)\" > a.wat\n", "script for another program", 3),
    ("prose", "Hello,\n\nplease find the module attached. It is long, and does not work.\n", "no module, no field and no instruction", 1),
    ("a table of numbers", "name: ci\non: [push]\njobs:\n  build:\n    runs-on: x\n", "no module", 1),
    ("OCaml", "let add a b = a + b\nlet () = print 1\n", "no module", 1),
    ("git diff", "diff --git a/a.wat b/a.wat\nindex 1..2 100644\n--- a/a.wat\n+++ b/a.wat\n@@ -1,2 +1,2 @@\n (module\n-  (func))\n+  (memory 1))\n", "diff", 1),
    ("unified diff", "--- a.wat\t2024-01-01\n+++ b.wat\t2024-01-02\n@@ -1 +1 @@\n-(module)\n+(module (func))\n", "diff", 3),
    ("JSON", "{\n  \"source_filename\": \"i32.wast\",\n  \"commands\": []\n}", "JSON", 1),
    ("JSON on a line", "{\"wat\": \"(module)\"}", "JSON", 1),
    ("JSON array", "[0, 97, 115, 109]", "JSON", 1),
    ("Markdown", "# Adding\n\nA module:\n\n```wat\n(module\n  (func))\n```\n", "Markdown", 5),
    ("fence at the end", "(module\n  (func))\n```\n", "Markdown", 3),
    ("string literal", "\"(module (func))\"", "string literal", 1),
    ("line numbers", "1 (module\n2   (func\n3     nop))\n", "line numbers", 1),
    ("line numbers with colons", "  9: (module\n 10:   (func\n 11:     nop))\n", "line numbers", 1),
    ("quotation", "> (module\n>   (func))\n", "quoted message", 1),
    ("Scheme", "(define (add a b)\n  (+ a b))\n", "Lisp", 1),
];

/// Wrong texts that are still in the text format, or too short to identify.
#[rustfmt::skip]
const NOT: &[&str] = &[
    "(", ")", "#", "{", "}", "`", "<", "=", "x", "hello world", "((", "@", "$", "\"", "'", "[", "]",
    "(module", "(module (func)", "(func $f) (call $g)", "local.get 0\ni32.const 1\ni32.add",
    "4294967295", "4294967295\n0", "4294967294\n4294967295\n4294967296",
    "# a comment\n(module)", "#a comment\n(module)", "# define the memory\n(module (memory 1))", "# if it is zero\n(func)",
    "// a comment\n(module)", "/* a comment */\n(module)", "-- a comment\n(module)", "; a comment\n(module)",
    "{module (func)}", "(module {func})", "(module [func])", "(func { nop })", "(func (br_table {0 1}))",
    "(func (param a: i32) (result i32) local.get a)", "(func $add(a i32, b i32) i32.add)",
    "(func let x = 5)", "(func x = i32.const 5)", "(func (local.set $x = (i32.const 1)))", "(func return 5;)",
    "(func if (i32.const 1) { nop } else { nop })", "(func for (;;) nop)", "(import \"env\" \"log\")",
    "import \"env\" \"log\" (func)", "export \"f\" (func 0)", "(module (export default (func 0)))", "memory 1",
    "(func $Vec<i32>)", "(func $core::option::Option<T>::map)", "(call $f(1, 2))", "(func (i32.add 1 + 2))",
    "(func (if (i32.lt_s 1 < 2)))", "(func (drop (i32.const &1)))", "(func (drop (i32.const $ 1)))",
    "(module) (module)", "(module) trailing", "(modul)", "(assert (i32.const 1))", "(invoke)", "(get 0)",
    "(data \"{{x}} ${y} <b></b> &quot;\") (func (call $g))", "(func (call $g)) ;; {{x}} #define #include <a> ```",
    "(func (call $g)) (; \n<<<<<<< HEAD\n#ifdef X\n```\nconst x = 1;\n;)", "(func (export \"import x from 'y'\") (call $g))",
    "(@a {{x}}) (func (call $g))", "1", "0x10\n2", "-5", "i32", "=======", "---", "...",
    "\u{feff}(module)", "(func \u{2013} nop)", "(module\0)", "\u{1}(module)", "(func\u{0} \u{0} nop)",
    "(func $f (result i32)\n  ;; @@ 1\n  x:\n  (i32.const 1)",
    "func add (x i32 y i32) result i32 local.get x local.get y i32.add end", "fun f x i32 y i32 end", "$a $b $c $d $e $f $g",
    "(module (func (call $process.exit) (call $a=> {)))", "(func $console.log(x))\n(func $require('a'))", "(func))\n(func call $a)\n(func call $b)",
    "(funk (x y)) (z) (a b c d e f)", "(define $f (param i32))",
];

fn codes(bytes: &[u8]) -> Vec<Code> {
    Assembler::new().check_bytes(bytes).iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn input_in_another_format_has_one_error() {
    let mut wrong = Vec::new();
    for (name, text, message, line) in TEXTS {
        for (before, after) in
            [("", ""), ("", "\n"), ("\n\n", "\n\n"), ("", "\n;; the end\n"), ("\n", "\n\n  \n")]
        {
            let found = Assembler::new().check(&format!("{before}{text}{after}"));
            let code = if name.starts_with("component") { Code::Component } else { Code::NotWat };
            let is_right = found.len() == 1
                && found.with_positions().all(|(error, position)| {
                    error.code == code
                        && error.message.contains(message)
                        && error.suggestions.is_empty()
                        && position.line == line + before.len() as u32
                });
            if !is_right {
                wrong.push(format!("{name}, {before:?}, {after:?}:\n{found}"));
            }
        }
        let with_crlf = codes(text.replace('\n', "\r\n").as_bytes());
        if with_crlf.len() != 1 {
            wrong.push(format!("{name}, with CRLF: {with_crlf:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_wrong_text_is_not_reported_as_another_format() {
    let is_wrong = |text: &&&str| codes(text.as_bytes()).contains(&Code::NotWat);
    let wrong: Vec<_> =
        NOT.iter().filter(is_wrong).map(|text| format!("{text}: {}", Assembler::new().check(text))).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn white_space_at_the_end_changes_no_verdict() {
    let binary = [
        "(x \0a\x01b\x02c\x03",
        "\0\x01\x02\x03",
        "(module \0 \x01\x02\x03)aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ];
    let reported = |text: &str| -> Vec<(Code, String)> {
        let found = Assembler::new().check(text);
        found.iter().map(|diagnostic| (diagnostic.code, diagnostic.message.clone())).collect()
    };
    for text in TEXTS.iter().map(|(_, text, ..)| text).chain(NOT).chain(&binary) {
        // The space would be in the string.
        if !text.ends_with('"') {
            for space in [" ", "\n", "\r\n", "\n\t\n \n \n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"] {
                assert_eq!(reported(text), reported(&format!("{text}{space}")), "{text:?} and {space:?}");
            }
        }
    }
}

#[test]
fn a_valid_module_may_contain_anything_in_comments_and_strings() {
    let contents =
        "{{x}} ${y} {% z %} &quot; <b></b> #include <a.h> ``` new WebAssembly.Module( file format wasm";
    for text in [
        format!("(module (data \"{contents}\"))"),
        format!(";; {contents}\n(module)"),
        format!("(; {contents}\n<<<<<<< HEAD\n#define A\nconst x = 1;\n;) (func) (@x {{{{y}}}})"),
    ] {
        assert_eq!(codes(text.as_bytes()), [], "{text}");
    }
}

#[test]
fn a_module_inside_another_file_is_pointed_out() {
    for (text, lines, at) in [
        ("const wat = `\n  (module\n    (func))\n`;\n", "lines 2 to 3", 16),
        ("Text.\n\n```wat\n(module)\n```\n", "line 4", 14),
        ("let s = r#\"(module (func))\"#;\nfn f() {}\n", "line 1", 11),
    ] {
        let found = Assembler::new().check(text);
        let error = found.iter().next().unwrap();
        assert_eq!(
            error.notes,
            [format!("{lines} of the input contain a module that can be assembled on its own")]
        );
        assert_eq!(error.labels[0].span.start, at);
    }
    // This module contains a placeholder.
    let found = Assembler::new().check("const wat = `(module (memory ${pages}))`;");
    assert_eq!(found.iter().next().unwrap().notes, [""; 0]);
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(unit).collect()
}

#[test]
fn a_binary_or_another_encoding_has_one_error() {
    let module = gcwat::assemble("(module (memory 1) (data (i32.const 0) \"\\ff\\fe\"))").unwrap();
    let text = "(module (func (export \"é\")))";
    let (little, big) = (utf16(text, u16::to_le_bytes), utf16(text, u16::to_be_bytes));
    let wide: Vec<u8> = text.chars().flat_map(|c| (c as u32).to_le_bytes()).collect();
    let inputs: [(&[u8], &str); 19] = [
        (&module, "gcwat disassemble"),
        (b"\0asm\x01\0\0\0", "gcwat disassemble"),
        (b"\0asm", "gcwat disassemble"),
        (b"\0asm\x0d\0\x01\0\x07\x01", "component"),
        (&little, "UTF-16LE"),
        (&big, "UTF-16BE"),
        (&[b"\xff\xfe", &little[..]].concat(), "UTF-16"),
        (&[b"\xfe\xff", &big[..]].concat(), "UTF-16"),
        (&[b"\xff\xfe\0\0", &wide[..]].concat(), "UTF-32"),
        (b"\x7fELF\x02\x01\x01\0\0\0\0\0", "ELF"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
        (b"PK\x03\x04\x14\0\0\0", "zip"),
        (b"\x28\xb5\x2f\xfd\x04\0", "zstd"),
        (b"\xcf\xfa\xed\xfe\x07\0\0\x01", "Mach-O"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"%PDF-1.7\n%\xe2\xe3", "PDF"),
        (b"BC\xc0\xde\x35\x14", "bitcode"),
        (b"\0\0\0\0\0\0\0\0", "binary data"),
        (b"\x01\x02\0\x03\0\x04abc\0\0\xff\xfe\x03", "binary data"),
    ];
    for (bytes, message) in inputs {
        for after in [&b""[..], b"\n", b"\0\x01\x02\xff"] {
            let found = Assembler::new().check_bytes(&[bytes, after].concat());
            assert_eq!(found.len(), 1, "{message}: {found}");
            let error = found.iter().next().unwrap();
            assert_eq!(error.code, Code::NotWat, "{found}");
            assert!(error.message.contains(message), "{found}");
        }
    }
    // Text in a single-byte encoding is reported only as invalid UTF-8.
    assert_eq!(codes(b"(module) ;; Andr\xe9"), [Code::BadUtf8]);
}

#[test]
fn input_in_another_format_is_not_fixed() {
    for (name, text, ..) in TEXTS {
        let fixed = Assembler::new().fix(text);
        assert_eq!((fixed.text.as_str(), fixed.fixes.len(), fixed.remaining.len()), (*text, 0, 1), "{name}");
    }
}

#[test]
fn a_script_in_another_format_has_one_error_and_a_module_is_a_script() {
    for text in ["const x = `(module)`;", "#include <a>\n(module)", "```\n(module)\n```"] {
        let errors = Script::parse(text).unwrap_err();
        assert_eq!(errors.iter().map(|error| error.code).collect::<Vec<_>>(), [Code::NotWat], "{text}");
    }
    assert_eq!(Script::parse("(module (func))").unwrap().commands.len(), 1);
    assert!(
        Script::parse("(assert_return (invoke \"f\")").unwrap_err().iter().all(|e| e.code != Code::NotWat)
    );
}

#[test]
fn input_that_is_not_a_binary_is_not_disassembled() {
    let texts: [(&[u8], &str); 8] = [
        (b"", "it is empty"),
        (b"(module)", "it is text, not a WebAssembly binary: use `gcwat assemble`"),
        (b"(module)\n(assert_return (invoke \"f\"))", "use `gcwat script`"),
        (b"const x = 1;", "it is text (JavaScript), not a WebAssembly binary"),
        (b"\x7fELF\x02\x01", "it is an ELF file, not a WebAssembly binary"),
        (b"\xff\xfe(\0m\0", "it is UTF-16 text"),
        (b"\0asm\x0d\0\x01\0", "component"),
        (b"\xc3\x28\xa0", "begins with the bytes 00 61 73 6d"),
    ];
    for (bytes, message) in texts {
        let error = gcwat::disassemble(bytes).unwrap_err();
        let error = error.to_string();
        assert!(error.contains(message) && !error.contains('\n'), "{error}");
    }
}

#[cfg(feature = "cli")]
mod cli {
    use crate::cli::Folder;
    use std::fs;

    #[test]
    fn a_file_in_another_format_is_unchanged() {
        let folder = Folder::with(&[("a.wat", "const wat = `(module (func get_local 0))`;\n")]);
        fs::write(folder.path("b.wat"), b"\0asm\x01\0\0\0").unwrap();
        for (file, message) in [("a.wat", "JavaScript"), ("b.wat", "gcwat disassemble")] {
            let before = folder.read(file);
            folder.run(&["check", "--fix", file]).fails(1, &["error[E0007]", message]);
            assert_eq!(folder.read(file), before);
            let assembled = folder.run(&["assemble", file]);
            assert_eq!(assembled.stderr.matches("error[").count(), 1, "{}", assembled.stderr);
            assembled.fails(1, &["error[E0007]"]);
            folder.run(&["script", file]).fails(1, &["error[E0007]"]);
        }
        folder.run(&["disassemble", "a.wat"]).fails(1, &["it is text"]);
    }
}
