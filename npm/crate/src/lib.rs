//! gcwat for JavaScript: functions that take and return bytes, strings and JSON.
//!
//! `npm/src/core.js` wraps them in the interface of the package. Each function returns a JSON text and, if there are bytes
//! to return, the bytes. Both are packed into one list of bytes, since the types of `js-sys` make the module larger.

mod data;
mod describe;
mod options;
mod text;
mod utf16;

use data::Json;
use gcwat::emit::{Emitter, Format};
use gcwat::instr::Op;
use gcwat::script::Script;
use gcwat::{Assembler, Code, Diagnostics};
use options::assembler;
use serde_json::json;
use text::Text;
use wasm_bindgen::prelude::wasm_bindgen;

/// A JSON text, and the bytes that belong to it.
struct Answer(Json, Vec<Vec<u8>>);

impl From<Answer> for Vec<u8> {
    /// Packs the answer: the JSON text and each list of bytes, each after its length in four bytes.
    fn from(Answer(json, parts): Answer) -> Vec<u8> {
        let mut packed = Vec::new();
        for part in std::iter::once(json.to_string().into_bytes()).chain(parts) {
            packed.extend((part.len() as u32).to_le_bytes());
            packed.extend(part);
        }
        packed
    }
}

/// The answer if the options are wrong.
fn wrong_option(message: String) -> Answer {
    Answer(json!({ "wrong": message }), Vec::new())
}

/// The answer if a text has errors.
fn refused(text: &[u8], errors: &Diagnostics) -> Answer {
    Answer(json!({ "errors": data::diagnostics(text, errors) }), Vec::new())
}

/// Assembles a text.
#[wasm_bindgen]
pub fn assemble(text: Text, options: &str) -> Vec<u8> {
    let text = text.as_bytes();
    let answer =
        assembler(options).map_or_else(wrong_option, |assembler| match assembler.assemble_bytes(text) {
            Ok(assembled) => {
                let warnings = data::diagnostics(text, assembled.warnings());
                Answer(json!({ "diagnostics": warnings }), vec![assembled.into_bytes()])
            }
            Err(errors) => refused(text, &errors),
        });
    answer.into()
}

/// Returns the diagnostics of a text.
#[wasm_bindgen]
pub fn check(text: Text, options: &str) -> Vec<u8> {
    let text = text.as_bytes();
    let answer = assembler(options).map_or_else(wrong_option, |assembler| {
        let found = assembler.check_bytes(text);
        Answer(json!({ "diagnostics": data::diagnostics(text, &found) }), Vec::new())
    });
    answer.into()
}

/// Assembles a text and writes the module in a format.
#[wasm_bindgen]
pub fn emit(text: Text, format: &str, options: &str, output: &str) -> Vec<u8> {
    let answer = assembler(options).and_then(|assembler| emitted(text.as_bytes(), format, assembler, output));
    answer.unwrap_or_else(wrong_option).into()
}

fn emitted(text: &[u8], format: &str, mut assembler: Assembler, output: &str) -> Result<Answer, String> {
    let format: Format = format.parse().map_err(|error| format!("{error}"))?;
    let output = options::output(output)?;
    assembler = assembler.origins(format.needs_origins() || output.annotate);
    if format == Format::Object {
        assembler = assembler.object(true);
    }
    if format == Format::Wat {
        // The text has the identifiers of the name section.
        assembler = assembler.names(true);
    }
    let assembled = match assembler.assemble_bytes(text) {
        Ok(assembled) => assembled,
        Err(errors) => return Ok(refused(text, &errors)),
    };
    if format == Format::Wat && assembled.is_object() {
        return Err("the option `object` cannot be used with the format `wat`".into());
    }
    // A text that was assembled is valid UTF-8.
    let mut emitter = Emitter::new(str::from_utf8(text).unwrap_or(""), &assembled).annotate(output.annotate);
    if let Some(name) = &output.file_name {
        emitter = emitter.file_name(name);
    }
    if let Some(symbol) = &output.symbol {
        emitter = emitter.symbol(symbol);
    }
    let bytes = emitter.to_vec(format).map_err(|error| error.to_string())?;
    let warnings = data::diagnostics(text, assembled.warnings());
    Ok(Answer(json!({ "diagnostics": warnings, "isText": format.is_text() }), vec![bytes]))
}

/// Converts a binary to text.
#[wasm_bindgen]
pub fn disassemble(bytes: &[u8]) -> Vec<u8> {
    let answer = match gcwat::disassemble(bytes) {
        Ok(made) => data::disassembled(made),
        Err(message) => json!({ "message": message.to_string() }),
    };
    Answer(answer, Vec::new()).into()
}

/// Applies all suggestions that are certain.
#[wasm_bindgen]
pub fn fix(text: &str, options: &str) -> Vec<u8> {
    let answer = assembler(options).map_or_else(wrong_option, |assembler| {
        let fixed = assembler.fix(text);
        let remaining = data::diagnostics(fixed.text.as_bytes(), &fixed.remaining);
        let fixes: Vec<Json> = fixed.fixes.iter().map(data::fix).collect();
        Answer(json!({ "text": fixed.text, "fixes": fixes, "diagnostics": remaining }), Vec::new())
    });
    answer.into()
}

/// Converts a test script to JSON and module files.
#[wasm_bindgen]
pub fn script(text: &str, source: &str, options: &str) -> Vec<u8> {
    let answer = assembler(options).map_or_else(wrong_option, |assembler| {
        let stem = source.strip_suffix(".wast").unwrap_or(source);
        let made = Script::parse(text).and_then(|script| script.to_json(text, source, stem, &assembler));
        match made {
            Ok(made) => {
                let (names, files): (Vec<_>, Vec<_>) = made.files.into_iter().unzip();
                Answer(json!({ "json": made.json, "names": names }), files)
            }
            Err(errors) => refused(text.as_bytes(), &errors),
        }
    });
    answer.into()
}

/// Returns the name of the page about a code. The pages are not in the module, since few users read them.
#[wasm_bindgen]
pub fn explain(code: &str) -> Vec<u8> {
    let answer = match code.parse::<Code>() {
        Ok(code) => json!({ "name": code.as_str() }),
        Err(error) => json!({ "wrong": error.to_string() }),
    };
    Answer(answer, Vec::new()).into()
}

/// Returns the types of the imports and exports of a module.
#[wasm_bindgen]
pub fn describe(bytes: &[u8]) -> Vec<u8> {
    let answer =
        describe::describe(bytes).unwrap_or_else(|message| json!({ "message": message.to_string() }));
    Answer(answer, Vec::new()).into()
}

/// Returns the instruction table, the output formats and the codes of diagnostics.
#[wasm_bindgen]
pub fn tables() -> Vec<u8> {
    let instructions: Vec<Json> = Op::all().map(data::instruction).collect();
    let formats: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
    let codes: Vec<Json> = Code::ALL.iter().map(data::code).collect();
    Answer(json!({ "instructions": instructions, "formats": formats, "codes": codes }), Vec::new()).into()
}
