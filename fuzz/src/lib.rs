//! What is fuzzed, and what must hold. Each target makes an input of arbitrary bytes, which are a fuzzer's
//! or, in `drive`, noise; what does not hold is a finding.

mod departures;
mod hostile;
mod mutate;
mod oracle;
mod seeds;

use arbitrary::Unstructured;
use std::fmt;

/// What is fuzzed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Texts of arbitrary bytes, and of words of the text format without any order.
    Bytes,
    /// Texts made of real modules by changes that keep most of their form.
    Text,
    /// Modules from wasm-smith, as text.
    Smith,
    /// Modules that gcwat has made, disassembled and assembled again.
    Disassemble,
    /// Any bytes as a text, with and without white space at the end.
    Raw,
    /// Any text as a script.
    Script,
    /// Any bytes as a binary module.
    Binary,
    /// Any text in all output formats, with hostile names.
    Outputs,
}

impl Target {
    /// All of them.
    pub const ALL: [Target; 8] = [
        Target::Bytes,
        Target::Text,
        Target::Smith,
        Target::Disassemble,
        Target::Raw,
        Target::Script,
        Target::Binary,
        Target::Outputs,
    ];

    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Target::Bytes => "bytes",
            Target::Text => "text",
            Target::Smith => "smith",
            Target::Disassemble => "disassemble",
            Target::Raw => "raw",
            Target::Script => "script",
            Target::Binary => "binary",
            Target::Outputs => "outputs",
        }
    }

    /// Returns the files that a fuzzer starts from. `None` for a target that makes its inputs itself: then the
    /// fuzzer's bytes only say how.
    pub fn seeds(self) -> Option<&'static [Vec<u8>]> {
        match self {
            Target::Bytes | Target::Text | Target::Smith | Target::Disassemble => None,
            Target::Raw | Target::Outputs => Some(&seeds::TEXTS),
            Target::Script => Some(&seeds::SCRIPTS),
            Target::Binary => Some(&seeds::BINARIES),
        }
    }

    /// Whether the fuzzer's bytes are the input.
    fn is_raw(self) -> bool {
        matches!(self, Target::Raw | Target::Script | Target::Binary | Target::Outputs)
    }
}

/// Returns a dictionary for libFuzzer: the words of the text format and characters that need care.
pub fn dictionary() -> String {
    let words = gcwat::instr::Op::all().map(|op| op.mnemonic()).chain(mutate::edges());
    let lines = words.chain(hostile::NAMES.iter().copied()).map(|word| {
        let byte = |byte| match byte {
            b'"' | b'\\' => format!("\\{}", char::from(byte)),
            b' '..=b'~' => char::from(byte).to_string(),
            _ => format!("\\x{byte:02x}"),
        };
        format!("\"{}\"\n", word.bytes().map(byte).collect::<String>())
    });
    lines.filter(|line| line.len() > 3).collect()
}

/// Something that does not hold for a text.
#[derive(Debug)]
pub struct Finding {
    /// The text.
    pub text: Vec<u8>,
    /// What does not hold.
    pub what: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n----\n{}", self.what, String::from_utf8_lossy(&self.text))
    }
}

/// The text that a target makes of some bytes; none if they are too few.
pub fn input(target: Target, data: &[u8]) -> Option<Vec<u8>> {
    let mut data = Unstructured::new(data);
    match target {
        Target::Bytes => mutate::soup(&mut data).ok(),
        Target::Text => mutate::module(&mut data).ok().map(String::into_bytes),
        Target::Smith => mutate::generated(&mut data).ok().map(String::into_bytes),
        // Names with this sign are wasmprinter's own, and become others when they are printed again.
        Target::Disassemble => {
            mutate::generated(&mut data).ok().map(|text| text.replace("$#", "$own_").into_bytes())
        }
        Target::Raw | Target::Script | Target::Binary | Target::Outputs => {
            mutate::bytes_of(&mut data, target.seeds()?).ok()
        }
    }
}

/// Checks all that must hold for a text.
///
/// # Errors
///
/// The first thing that does not hold.
pub fn check(target: Target, text: Vec<u8>) -> Result<(), Finding> {
    let result = match (target, std::str::from_utf8(&text)) {
        (Target::Raw, _) => oracle::is_judged_alike(&text),
        (Target::Binary, _) => oracle::is_printed(&text),
        (Target::Script, Ok(text)) => oracle::is_read_as_script(text),
        (Target::Outputs, Ok(text)) => oracle::is_written_safely(text),
        (Target::Bytes, _) | (_, Err(_)) => oracle::is_judged(&text),
        (Target::Text, Ok(text)) => oracle::is_judged(text.as_bytes())
            // Fixing takes several times as long as all else, so it is tried with some only.
            .and_then(|()| {
                if text.len().is_multiple_of(4) { oracle::is_fixed_for_the_better(text) } else { Ok(()) }
            })
            .and_then(|()| oracle::is_as_the_reference_has_it(text)),
        (Target::Smith, Ok(text)) => oracle::is_a_module(text),
        (Target::Disassemble, Ok(text)) => oracle::comes_back(text),
    };
    result.map_err(|what| Finding { text, what })
}

/// Checks what a target makes of a fuzzer's bytes.
///
/// # Panics
///
/// If there is a finding.
pub fn assert_fine(target: Target, data: &[u8]) {
    let text = if target.is_raw() { Some(data.to_vec()) } else { input(target, data) };
    if let Some(text) = text
        && let Err(finding) = check(target, text)
    {
        panic!("{finding}");
    }
}
