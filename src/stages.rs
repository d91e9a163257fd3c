//! The stages one by one, for measuring them. Each does what those before it do as well, on one thread,
//! and returns a number that depends on its work. No part of the public interface.

use crate::ast::{Ast, Interner};
use crate::lex::{self, Chars, Mode, Options, TokenBuffer};
use crate::parse;
use crate::scan::{self, ModuleText};
use crate::span::Span;

/// Reads every byte, and does nothing with it.
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

/// Cuts a text into its forms; how many there are.
pub fn split(text: &str) -> usize {
    forms(text).forms.len()
}

/// Reads the tokens of all forms; how many there are.
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

/// Parses all forms; how many instructions there are.
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

/// Assembles a text without validation; how many bytes come out.
pub fn lower(text: &str) -> usize {
    let mut assembler = crate::Assembler::new();
    assembler.validate(false).threads(1);
    assembler.assemble(text).map_or(0, |assembled| assembled.bytes().len())
}

/// Assembles and validates a text; how many bytes come out.
pub fn validate(text: &str) -> usize {
    let mut assembler = crate::Assembler::new();
    assembler.threads(1);
    assembler.assemble(text).map_or(0, |assembled| assembled.bytes().len())
}

#[cfg(test)]
mod tests {
    #[test]
    fn stages_do_their_work() {
        let text = "(module (func (param i32) (result i32) local.get 0 (i32.const 1) i32.add) (data \"x\"))";
        assert_eq!(crate::stages::split(text), 2);
        assert!(crate::stages::lex(text) > 8);
        assert_eq!(crate::stages::parse(text), 3);
        assert_eq!(crate::stages::lower(text), crate::stages::validate(text));
        assert_ne!(crate::stages::read(text), crate::stages::read("(module)"));
    }

    #[test]
    fn each_stage_goes_through_a_text_with_names() {
        let func = "(func $f (param $x i32) (result i32) block $b br $b end local.get $x call $f)\n";
        let text = format!("(module\n{func}{}\n)", " ".repeat(99));
        assert_eq!(crate::stages::split(&text), 1);
        assert!(crate::stages::lex(&text) > 6);
        assert_eq!(crate::stages::parse(&text), 5);
        assert_eq!(crate::stages::lower(&text), crate::stages::validate(&text));
    }
}
