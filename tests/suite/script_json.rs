//! Scripts as JSON: equivalent to the output of `wasm-tools json-from-wast`, for all test suites.

use gcwat::Assembler;
use gcwat::script::Script;
use serde_json::Value;
use std::collections::BTreeMap;

/// The known differences. These modules are listed as exceptions in docs/conformance.md, with the reasons.
/// The alignment in `align.wast` is 2^63, which cannot be encoded.
const KNOWN: &[&str] = &[
    "latest/align.wast: script.116.wasm differs",
    "latest/type-rec.wast: script.19.wasm differs",
    "latest/type-rec.wast: script.20.wasm differs",
    "latest/type-rec.wast: script.4.wasm differs",
    "v3/align.wast: script.116.wasm differs",
    "v3/type-rec.wast: script.19.wasm differs",
    "v3/type-rec.wast: script.20.wasm differs",
    "v3/type-rec.wast: script.4.wasm differs",
    "custom-descriptors/exact-casts.wast: script.2.wasm differs",
    "gc/type-subtyping.wast: script.30.wasm differs",
    "gc/type-subtyping.wast: script.31.wasm differs",
    // The tables of this script have an obsolete form.
    "threads/imports.wast: 274:9: error: a bare table index is obsolete here [E0114]",
];

/// The output for a script: the commands, and the files by name.
struct Made {
    commands: Vec<Value>,
    files: BTreeMap<String, Vec<u8>>,
}

fn ours(text: &str) -> Result<Made, String> {
    let script = Script::parse(text).map_err(|errors| errors.to_string())?;
    let made = script.to_json(text, "script.wast", "script", &Assembler::new().names(true));
    let made = made.map_err(|errors| errors.to_string())?;
    let json: Value = serde_json::from_str(&made.json).map_err(|error| error.to_string())?;
    assert_eq!(json["source_filename"], "script.wast");
    let Value::Array(commands) = &json["commands"] else { panic!("no commands") };
    Ok(Made { commands: commands.clone(), files: made.files.into_iter().collect() })
}

fn reference(text: &str) -> Result<Made, String> {
    let mut lexer = wast::lexer::Lexer::new(text);
    lexer.allow_confusing_unicode(true);
    let buffer = wast::parser::ParseBuffer::new_with_lexer(lexer).map_err(|error| error.to_string())?;
    let script = wast::parser::parse::<wast::Wast<'_>>(&buffer).map_err(|error| error.to_string())?;
    let made = json_from_wast::Wast::from_ast("script.wast", text, script);
    let made = made.map_err(|error| format!("{error:#}"))?;
    let Value::Array(commands) = serde_json::to_value(&made).unwrap()["commands"].take() else {
        panic!("no commands")
    };
    Ok(Made { commands, files: made.wasms.into_iter().collect() })
}

#[test]
fn the_json_of_all_suites_matches_the_reference() {
    let mut differences = Vec::new();
    let mut count = 0;
    for (suite, files) in crate::spec::suites() {
        for file in files {
            let name = format!("{suite}/{}", file.name());
            let made = ours(file.raw());
            let (ours, reference) = match (made, reference(file.raw())) {
                (Ok(ours), Ok(reference)) => (ours, reference),
                (Ok(_), Err(error)) => {
                    differences.push(format!("{name}: the reference says {error}"));
                    continue;
                }
                (Err(error), _) => {
                    differences.push(format!("{name}: {error}"));
                    continue;
                }
            };
            if ours.commands.len() != reference.commands.len() {
                differences.push(format!(
                    "{name}: {} commands for {}",
                    ours.commands.len(),
                    reference.commands.len()
                ));
            }
            for (ours, reference) in ours.commands.iter().zip(&reference.commands) {
                count += 1;
                if ours != reference {
                    differences.push(format!("{name}:\n    {ours}\n    {reference}"));
                }
            }
            for (file, bytes) in &reference.files {
                if ours.files.get(file) != Some(bytes) {
                    differences.push(format!("{name}: {file} differs"));
                }
            }
        }
    }
    assert!(count > 90_000, "{count} commands");
    assert_eq!(differences, KNOWN);
}

#[cfg(feature = "cli")]
#[test]
fn the_script_command_writes_the_json_and_the_modules() {
    use crate::cli::Folder;
    let text = "(module $m (func (export \"f\") (result i32) i32.const 1))\n\
        (assert_return (invoke $m \"f\") (i32.const 1))\n\
        (assert_return (invoke \"f\") (v128.const f32x4 nan:canonical 1 -0 nan:arithmetic))\n\
        (assert_malformed (module quote \"(func\") \"unexpected\")\n\
        (assert_invalid (module (func i32.const 1)) \"type mismatch\")\n";
    let folder = Folder::with(&[("a.wast", text), ("bad.wast", "(module (func call $f))")]);
    std::fs::create_dir(folder.path("out")).unwrap();
    folder.run(&["script", "a.wast", "-o", "out/b.json"]).fine();
    let json = String::from_utf8(folder.read("out/b.json").unwrap()).unwrap();
    assert_eq!(
        json,
        r#"{"source_filename":"a.wast",
 "commands":[
  {"filename":"b.0.wasm","line":1,"module_type":"binary","name":"m","type":"module"},
  {"action":{"args":[],"field":"f","module":"m","type":"invoke"},"expected":[{"type":"i32","value":"1"}],"line":2,"type":"assert_return"},
  {"action":{"args":[],"field":"f","type":"invoke"},"expected":[{"lane_type":"f32","type":"v128","value":["nan:canonical","1065353216","2147483648","nan:arithmetic"]}],"line":3,"type":"assert_return"},
  {"filename":"b.1.wat","line":4,"module_type":"text","text":"unexpected","type":"assert_malformed"},
  {"filename":"b.2.wasm","line":5,"module_type":"binary","text":"type mismatch","type":"assert_invalid"}]}
"#
    );
    let module = "(module $m (func (export \"f\") (result i32) i32.const 1))";
    let bytes = Assembler::new().names(true).assemble(module).unwrap().into_bytes();
    assert_eq!(folder.read("out/b.0.wasm").unwrap(), bytes);
    assert_eq!(folder.read("out/b.1.wat").unwrap(), b"(func ");
    folder.run(&["script", "bad.wast", "-o", "out/bad.json"]).fails(1, &["$f"]);
    assert!(folder.read("out/bad.json").is_none());
    folder.run(&["script", "a.wast", "-o", "-"]).fails(2, &["--output"]);
}

#[test]
fn a_module_with_characters_that_are_not_tokens_is_read_as_a_module() {
    for text in ["(module\u{a0})", "(module \0)", "(module (func \u{e9}))", "(module $m \u{200b}(func))"] {
        let script = gcwat::script::Script::parse(text).unwrap();
        let gcwat::script::CommandKind::Module(module) = &script.commands[0].kind else { panic!("{text}") };
        let errors = module.assemble(text, &gcwat::Assembler::new()).unwrap_err();
        let error = errors.iter().next().unwrap();
        assert_eq!(error.code, gcwat::Code::UnexpectedCharacter, "{text}: {errors}");
    }
}
