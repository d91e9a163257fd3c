//! Source maps, read back with Node.

#![cfg(feature = "cli")]

use crate::cli::Folder;
use std::fs;

const TEXT: &str = "\
(module
  (func $first (export \"first\") (param $x i32) (result i32)
    local.get $x
    (i32.add (local.get $x) (i32.const 1))
    i32.mul)
  ;;@ src/lib.c:10:4
  (func $second (export \"second\") (result i32)
    i32.const 1
    ;;@ src/lib.c:12:0:helper
    i32.const 2
    i32.add
    ;;@
    i32.const 3
    i32.add)
  (func (result i32)
    (; \u{1f600} ;) i32.const 4))
";

/// Returns the offset of the `n`th instruction of a body in the binary.
fn offset(bytes: &[u8], body: usize, n: usize) -> u64 {
    use wasmparser::{Parser, Payload};
    let mut bodies = Parser::new(0).parse_all(bytes).filter_map(|payload| match payload.unwrap() {
        Payload::CodeSectionEntry(body) => Some(body),
        _ => None,
    });
    let body = bodies.nth(body).unwrap();
    let mut operators = body.get_operators_reader().unwrap();
    for _ in 0..n {
        operators.read().unwrap();
    }
    operators.original_position()
}

#[test]
fn a_source_map_reader_finds_the_location_of_each_offset() {
    if !crate::emit::has("node") {
        return;
    }
    let folder = Folder::with(&[("a.wat", TEXT)]);
    folder.run(&["assemble", "a.wat", "--source-map"]).fine();
    let bytes = folder.read("a.wasm").unwrap();
    assert!(bytes.ends_with(b"\x10sourceMappingURL\x0aa.wasm.map"));
    let expected = [
        (0, 0, "a.wat", 2, 4, ""),
        (0, 1, "a.wat", 3, 14, ""),
        (0, 2, "a.wat", 3, 29, ""),
        (0, 3, "a.wat", 3, 5, ""),
        (0, 4, "a.wat", 4, 4, ""),
        (1, 0, "src/lib.c", 9, 4, ""),
        (1, 1, "src/lib.c", 11, 0, "helper"),
        (1, 2, "src/lib.c", 11, 0, "helper"),
        (1, 3, "undefined", 0, 0, ""),
        (1, 4, "undefined", 0, 0, ""),
        // The emoji has two UTF-16 code units.
        (2, 0, "a.wat", 15, 13, ""),
    ];
    let mut program = "const { SourceMap } = require('node:module');\n\
        const map = JSON.parse(require('node:fs').readFileSync('a.wasm.map', 'utf8'));\n\
        if (map.version !== 3 || map.file !== 'a.wasm') throw new Error(JSON.stringify(map));\n\
        if (map.sourcesContent[0] !== require('node:fs').readFileSync('a.wat', 'utf8')) throw new Error('text');\n\
        if (map.sources.length !== 2 || map.sourcesContent[1] !== null) throw new Error('sources');\n\
        const read = new SourceMap(map);\n"
        .to_owned();
    let mut wanted = String::new();
    for (body, n, file, line, column, name) in expected {
        let offset = offset(&bytes, body, n);
        // Offsets inside the instruction map like its start.
        for offset in [offset, offset + u64::from(n == 0)] {
            program.push_str(&format!(
                "{{ const e = read.findEntry(0, {offset});\n\
                 console.log(e.originalSource, e.originalLine ?? 0, e.originalColumn ?? 0, e.name ?? ''); }}\n"
            ));
            wanted.push_str(&format!("{file} {line} {column} {name}\n"));
        }
    }
    fs::write(folder.path("main.cjs"), program).unwrap();
    let found = String::from_utf8(crate::emit::tool(&folder, "node", &["main.cjs"])).unwrap();
    assert_eq!(found, wanted);
}

#[test]
fn the_source_map_and_its_url_are_configurable() {
    let folder = Folder::with(&[("a.wat", TEXT)]);
    fs::create_dir(folder.path("out")).unwrap();
    fs::create_dir(folder.path("maps")).unwrap();
    folder.run(&["assemble", "a.wat", "-o", "out/b.wasm", "--source-map=maps/b.map"]).fine();
    assert!(folder.read("out/b.wasm").unwrap().ends_with(b"\x0d../maps/b.map"));
    let map: serde_json::Value = serde_json::from_slice(&folder.read("maps/b.map").unwrap()).unwrap();
    assert_eq!(map["file"], "b.wasm");
    assert_eq!(map["sources"][0], "../a.wat");
    let url = "https://example.org/b.map";
    folder.run(&["assemble", "a.wat", "--source-map", "--source-map-url", url]).fine();
    assert!(folder.read("a.wasm").unwrap().ends_with(url.as_bytes()));
    folder.run(&["assemble", "a.wat", "--source-map", "--source-map-url", url, "--check"]).fine();
    fs::write(folder.path("a.wasm.map"), "{}").unwrap();
    let run = folder.run(&["assemble", "a.wat", "--source-map", "--source-map-url", url, "--check"]);
    assert_eq!(run.code, Some(1));
    folder.run(&["assemble", "a.wat", "-o", "-", "--source-map"]).fails(2, &["--source-map=FILE"]);
    folder.run(&["assemble", "a.wat", "--source-map-url", url]).fails(2, &["--source-map"]);
}

#[test]
fn a_long_line_takes_no_longer_than_many_lines() {
    let one = format!("(func {})", "nop ".repeat(300_000));
    let folder = Folder::with(&[("a.wat", &one)]);
    let start = std::time::Instant::now();
    folder.run(&["assemble", "a.wat", "--source-map"]).fine();
    assert!(start.elapsed().as_secs() < 20);
}
