//! The properties of all outputs of a module, and of arbitrary bytes as a binary.

use crate::hostile;
use gcwat::emit::{Emitter, Format};
use gcwat::report::{MessageFormat, Report};
use gcwat::{Assembled, Assembler, Diagnostics, Difference};

/// Checks that an output has no character that ends a line, controls a terminal, reorders text or is invisible, except
/// line feeds.
pub fn is_safe(output: &str, what: &str) -> Result<(), String> {
    let is_unsafe = |c: char| {
        c.is_control()
            || matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    match output.chars().find(|&c| c != '\n' && is_unsafe(c)) {
        Some(c) => {
            let line = output.lines().find(|line| line.contains(c)).unwrap_or_default();
            Err(format!("{c:?} is in {what}: {line:?}"))
        }
        None => Ok(()),
    }
}

/// Checks that no report format has an unsafe character, and that formats for tools have one line per diagnostic.
pub fn shown_safely(file: &str, text: &str, diagnostics: &Diagnostics) -> Result<(), String> {
    is_safe(&diagnostics.to_string(), "a message")?;
    let report = Report::new(file, text, diagnostics);
    for form in [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json, MessageFormat::Github] {
        let out = report.to_string(form);
        is_safe(&out, &format!("a report as {form:?}"))?;
        if form != MessageFormat::Human && out.lines().count() != diagnostics.len() {
            return Err(format!("as {form:?} {} diagnostics are {out}", diagnostics.len()));
        }
        for line in out.lines().filter(|_| form == MessageFormat::Json) {
            let value: serde_json::Value = serde_json::from_str(line).map_err(|e| format!("{e}: {line}"))?;
            if value["spans"][0]["file_name"] != *file {
                return Err(format!("the name of the file is another: {line}"));
            }
        }
    }
    Ok(())
}

/// Checks the text in every output format, unchanged and with hostile names.
pub fn is_written_safely(text: &str) -> Result<(), String> {
    let hash = text.bytes().fold(0usize, |hash, byte| hash.wrapping_mul(31).wrapping_add(byte.into()));
    let name = hostile::NAMES[hash % hostile::NAMES.len()];
    is_written(text, "module.wat")?;
    if let Some(text) = hostile::with_names(text, name, hash & 0x100 == 0) {
        is_written(&text, name).map_err(|what| format!("{what}\n---- with other names\n{text}"))?;
    }
    Ok(())
}

fn is_written(text: &str, name: &str) -> Result<(), String> {
    let assembler = Assembler::new().names(true).origins(true).validate(false).threads(1);
    match assembler.assemble(text) {
        Ok(assembled) => {
            shown_safely(name, text, assembled.warnings())?;
            is_emitted(text, name, &assembled)?;
            comes_back_from_binary(assembled.bytes())
        }
        Err(errors) => shown_safely(name, text, &errors),
    }
}

/// Checks that each format has exactly the bytes of the module, with and without comments.
fn is_emitted(text: &str, name: &str, assembled: &Assembled) -> Result<(), String> {
    let bytes = assembled.bytes();
    let emitter = Emitter::new(text, assembled).file_name(name).threads(1);
    // A module that was not assembled as an object has no such output.
    for &format in Format::ALL.iter().filter(|format| **format != Format::Object) {
        let written = |emitter: &Emitter<'_>| match emitter.to_vec(format) {
            // wasmprinter does not accept every binary.
            Err(_) if format == Format::Wat => Ok(None),
            Err(error) => Err(format!("{format} is not written: {error}")),
            Ok(out) if !format.is_text() => {
                if out == bytes {
                    Ok(None)
                } else {
                    Err("other bytes are written".to_owned())
                }
            }
            Ok(out) => {
                let out = String::from_utf8(out).map_err(|_| format!("{format} is not UTF-8"))?;
                is_safe(&out, &format!("the output {format}"))?;
                Ok(Some(out))
            }
        };
        let Some(plain) = written(&emitter.clone().annotate(false))? else { continue };
        let read_back = match format {
            Format::Hex => data_encoding::HEXLOWER.decode(plain.trim().as_bytes()).ok(),
            Format::Base64 => data_encoding::BASE64.decode(plain.trim().as_bytes()).ok(),
            Format::Json => serde_json::from_str(&plain).ok(),
            // Without annotations, the bytes are one string.
            Format::EmJs => {
                let digits = plain.split_once('"').and_then(|(_, rest)| rest.split_once('"'));
                digits.and_then(|(digits, _)| data_encoding::HEXLOWER.decode(digits.as_bytes()).ok())
            }
            _ if format.can_be_annotated() => Some(numbers(&without_comments(format, &plain))),
            _ => Some(bytes.to_vec()),
        };
        if read_back.as_deref() != Some(bytes) {
            return Err(format!("{format} has other bytes: {plain}"));
        }
        if format.can_be_annotated() {
            let Some(annotated) = written(&emitter.clone().annotate(true))? else { continue };
            let is_same = match format {
                Format::EmJs => numbers(&without_comments(format, &annotated)) == bytes,
                _ => code(format, &annotated) == code(format, &plain),
            };
            if !is_same {
                return Err(format!("a comment is more than a comment in {format}: {annotated}"));
            }
        }
    }
    let mut out = Vec::new();
    emitter.write_declarations(&mut out).map_err(|error| format!("no declarations: {error}"))?;
    is_safe(&String::from_utf8_lossy(&out), "the declarations")?;
    out.clear();
    emitter.write_source_map(name, name, &mut out).map_err(|error| format!("no source map: {error}"))?;
    let map = String::from_utf8_lossy(&out);
    is_safe(&map, "the source map")?;
    let value: serde_json::Value = serde_json::from_str(&map).map_err(|error| format!("{error}: {map}"))?;
    if value["file"] != *name || value["sources"][0] != *name {
        return Err(format!("the source map has another name: {map}"));
    }
    Ok(())
}

/// Returns a program without comments and white space.
fn code(format: Format, program: &str) -> String {
    without_comments(format, program).split_whitespace().collect()
}

/// Returns a program without comments, following the rules of its language.
fn without_comments(format: Format, program: &str) -> String {
    let mut out = String::new();
    if format == Format::C {
        let mut rest = program;
        while let Some((code, comment)) = rest.split_once("/*") {
            out.push_str(code);
            rest = comment.split_once("*/").map_or("", |(_, rest)| rest);
        }
        out.push_str(rest);
        return out;
    }
    let mark = if format == Format::Python { "#" } else { "//" };
    for line in program.lines() {
        out.extend([line.split_once(mark).map_or(line, |(code, _)| code), "\n"]);
    }
    out
}

/// Returns the hexadecimal numbers of a program.
fn numbers(program: &str) -> Vec<u8> {
    let words = program.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
    let digits = words.filter_map(|word| word.strip_prefix("0x"));
    digits.filter_map(|digits| u8::from_str_radix(digits, 16).ok()).collect()
}

/// Checks that an assembled module can be disassembled and reassembled.
fn comes_back_from_binary(bytes: &[u8]) -> Result<(), String> {
    let Ok(text) = gcwat::disassemble(bytes) else { return Ok(()) };
    match text.difference {
        None => is_safe(&text.text, "the disassembled text"),
        Some(difference) => Err(format!("{difference}, when it comes back from\n{}", text.text)),
    }
}

fn is_valid(bytes: &[u8]) -> bool {
    wasmparser::Validator::new_with_features(wasmparser::WasmFeatures::all()).validate_all(bytes).is_ok()
}

/// Checks that bytes are disassembled to a safe text that assembles, or are rejected. The bytes are also written in
/// every format, as a module in binary form.
pub fn is_printed(bytes: &[u8]) -> Result<(), String> {
    if let Ok(printed) = gcwat::disassemble(bytes) {
        is_safe(&printed.text, "the disassembled text")?;
        match &printed.difference {
            // A changed object can have symbols and relocations that linkers reject, and that have no text.
            Some(_) if printed.is_object => return Ok(()),
            None | Some(Difference::NotCanonical { .. }) => {}
            // wasmprinter omits the initial value of a table if it is an empty expression.
            Some(Difference::NotTheSame { .. }) if !is_valid(bytes) => {}
            // It prints page sizes that the text format does not have.
            Some(Difference::NotAssembled(_))
                if printed.text.contains("(pagesize 0x") && !is_valid(bytes) =>
            {
                return Ok(());
            }
            Some(difference) => return Err(format!("{difference}\n{}", printed.text)),
        }
        let assembled =
            Assembler::new().names(printed.names).validate(false).threads(1).assemble(&printed.text);
        match assembled {
            Ok(_) if printed.is_object => {}
            Err(errors) => return Err(format!("{errors}, when it comes back from\n{}", printed.text)),
            Ok(again) if printed.difference.is_none() && again.bytes() != bytes => {
                return Err(format!("other bytes when it comes back from\n{}", printed.text));
            }
            Ok(_) => {}
        }
    }
    let string: String = bytes.iter().map(|byte| format!("\\{byte:02x}")).collect();
    let text = format!("(module binary \"{string}\")");
    let assembler = Assembler::new().origins(true).threads(1);
    if let Err(errors) = assembler.assemble(&text) {
        shown_safely("binary.wat", &text, &errors)?;
    }
    match assembler.validate(false).assemble(&text) {
        Ok(assembled) => is_emitted(&text, "binary.wat", &assembled),
        Err(errors) => shown_safely("binary.wat", &text, &errors),
    }
}
