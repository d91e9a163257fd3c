//! The stages of the pipeline one by one, for benchmarks.
//!
//! Each function runs all stages up to its own, on one thread, and returns a number that depends on the result. The
//! module needs the feature `bench` and is not part of the public interface.

use crate::assembler::{Assembled, Assembler};
use crate::ast::{Ast, Interner};
use crate::lex::{self, Chars, Mode, Options, TokenBuffer};
use crate::parse;
use crate::scan::{self, ModuleText};
use crate::span::Span;

/// Reads every byte. The lower bound for the other stages.
pub fn read(text: &str) -> usize {
    text.as_bytes()
        .chunks(64)
        .map(|chunk| chunk.iter().fold(0, |all, byte| all ^ byte))
        .map(usize::from)
        .sum()
}

fn forms(text: &str) -> ModuleText {
    scan::module(text, Span::new(0, text.len() as u32), false, 1, &mut Vec::new())
}

/// Scans a text. Returns the number of top-level forms.
pub fn scan(text: &str) -> usize {
    forms(text).forms.len()
}

/// Tokenizes all forms. Returns the number of tokens.
pub fn lex(text: &str) -> usize {
    let mut buffer = TokenBuffer::default();
    let mut names = Interner::default();
    let options = Options { mode: Mode::Field, chars: Chars::Annotation, runs: true };
    let forms = forms(text).forms;
    let tokens = forms.iter().map(|form| {
        lex::tokenize(text, form.span, options, &mut names, &mut buffer);
        buffer.tokens.len()
    });
    tokens.sum()
}

/// Parses all forms. Returns the number of instructions.
pub fn parse(text: &str) -> usize {
    let mut buffer = TokenBuffer::default();
    let mut ast = Ast::default();
    let forms = forms(text).forms;
    let instrs = forms.iter().map(|form| {
        ast.clear_nodes();
        parse::parse(text, form.span, Mode::Field, true, &mut buffer, &mut ast);
        ast.instrs.len()
    });
    instrs.sum()
}

/// Assembles a text without validation. Returns the number of bytes of the module.
pub fn lower(text: &str) -> usize {
    size(Assembler::new().validate(false), text)
}

/// Assembles and validates a text. Returns the number of bytes of the module.
pub fn validate(text: &str) -> usize {
    size(Assembler::new(), text)
}

/// Returns the number of bytes that a text is assembled to; 0 if it has an error.
fn size(assembler: Assembler, text: &str) -> usize {
    assembler.threads(1).assemble(text).map_or(0, |assembled| Assembled::into_bytes(assembled).len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_stage_returns_its_count() {
        let text = "(module (func (param i32) (result i32) local.get 0 (i32.const 1) i32.add) (data \"x\"))";
        assert_eq!(crate::stages::scan(text), 2);
        assert!(crate::stages::lex(text) > 8);
        assert_eq!(crate::stages::parse(text), 3);
        assert_eq!(crate::stages::lower(text), crate::stages::validate(text));
        assert_ne!(crate::stages::read(text), crate::stages::read("(module)"));
    }

    #[test]
    fn every_stage_processes_a_text_with_names() {
        let func = "(func $f (param $x i32) (result i32) block $b br $b end local.get $x call $f)\n";
        let text = format!("(module\n{func}{}\n)", " ".repeat(99));
        assert_eq!(crate::stages::scan(&text), 1);
        assert!(crate::stages::lex(&text) > 6);
        assert_eq!(crate::stages::parse(&text), 5);
        assert_eq!(crate::stages::lower(&text), crate::stages::validate(&text));
    }
}
