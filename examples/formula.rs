//! Assembles at run time: makes a module of a formula in postfix notation, as a program does that compiles to WebAssembly.
//!
//! ```sh
//! cargo run --example formula -- 'x x * y y * + sqrt' formula.wasm
//! node -e 'WebAssembly.instantiate(require("fs").readFileSync("formula.wasm"))
//!     .then(({ instance }) => console.log(instance.exports.value(3, 4)))'   # prints 5
//! ```

use gcwat::instr::Op;
use gcwat::{Assembler, Diagnostics};
use std::fmt::{self, Write};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let Some(formula) = arguments.next() else {
        eprintln!("usage: formula FORMULA [FILE.wasm]");
        return ExitCode::from(2);
    };
    let module = match compile(&formula) {
        Ok(module) => module,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    println!("value({}): {} bytes", module.parameters.join(", "), module.bytes.len());
    match arguments.next().map(|file| std::fs::write(&file, &module.bytes).map_err(|error| (file, error))) {
        Some(Err((file, error))) => {
            eprintln!("error: cannot write {file}: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

/// A module that exports the function `value`.
#[derive(Debug)]
pub struct Compiled {
    /// The names of the parameters of the function, in order.
    pub parameters: Vec<String>,
    /// The module, for any WebAssembly engine.
    pub bytes: Vec<u8>,
}

/// The error for a formula: the word that is wrong, if it is one, and the reason.
#[derive(Debug)]
pub struct FormulaError {
    word: Option<String>,
    reason: String,
}

impl fmt::Display for FormulaError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.word {
            // The reason quotes an unknown word.
            Some(word) if !self.reason.contains(word) => write!(f, "`{word}`: {}", self.reason),
            _ => f.write_str(&self.reason),
        }
    }
}

impl std::error::Error for FormulaError {}

/// Compiles a formula. Each word is an instruction: a number, a parameter, or an operation of `f64`.
///
/// # Errors
///
/// Returns the first error that the assembler reports.
pub fn compile(formula: &str) -> Result<Compiled, FormulaError> {
    let words: Vec<&str> = formula.split_whitespace().collect();
    let mut parameters = Vec::new();
    let mut body = String::new();
    // The line of each word in the text, so that an error can be mapped back to its word.
    for word in &words {
        body.push_str(&instruction(word, &mut parameters));
        body.push('\n');
    }
    let mut text = String::from(r#"(func (export "value")"#);
    for name in &parameters {
        // Writing to a `String` does not fail.
        let _ = write!(text, " (param ${name} f64)");
    }
    let _ = write!(text, " (result f64)\n{body})");
    match Assembler::new().names(true).assemble(&text) {
        Ok(assembled) => Ok(Compiled { parameters, bytes: assembled.into_bytes() }),
        Err(errors) => Err(error_of_word(&errors, &words)),
    }
}

/// Returns the instruction for a word. A new parameter is added to `parameters`.
fn instruction(word: &str, parameters: &mut Vec<String>) -> String {
    let operation = match word {
        "+" => "add",
        "-" => "sub",
        "*" => "mul",
        "/" => "div",
        word => word,
    };
    // The table of instructions knows the operations, so they need no list here.
    let mnemonic = format!("f64.{operation}");
    if Op::named(&mnemonic).is_some() {
        return mnemonic;
    }
    if !word.starts_with(|first: char| first.is_ascii_alphabetic()) {
        return format!("f64.const {word}");
    }
    if !parameters.iter().any(|name| name == word) {
        parameters.push(word.to_owned());
    }
    format!("local.get ${word}")
}

/// Maps the first error back to the formula.
fn error_of_word(errors: &Diagnostics, words: &[&str]) -> FormulaError {
    let Some((error, at)) = errors.with_positions().find(|(diagnostic, _)| diagnostic.is_error()) else {
        return FormulaError { word: None, reason: "unknown error".to_owned() };
    };
    // The first word is on the second line.
    let word = (at.line as usize).checked_sub(2).and_then(|line| words.get(line));
    FormulaError { word: word.map(|word| (*word).to_owned()), reason: error.message.clone() }
}
