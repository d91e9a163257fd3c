//! Parsing: forms to syntax trees.
//!
//! [`split`] cuts the text into its top-level forms; each is then parsed for itself by the one
//! grammar, so that a broken form does not spoil the others.

pub(crate) mod build;
mod error;
pub(crate) use error::{FIELDS, explain, explain_words, field_meant, one_line};
pub(crate) mod split;

use crate::ast::{Ast, Checkpoint};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lex::{self, Chars, Mode, Options, Token, TokenBuffer};
use crate::script::Script;
use crate::span::Span;
use build::Builder;
use lalrpop_util::{ParseError, lalrpop_mod};

lalrpop_mod!(
    #[allow(
        clippy::all,
        clippy::pedantic,
        unused,
        elided_lifetimes_in_paths,
        reason = "the code is generated"
    )]
    wat
);

/// Parses the form in `span`. Its nodes are added to `ast` unless there is a syntax error.
///
/// With `runs`, plain instructions are read faster and the names of `ast` are shared by all uses; this is for the
/// pipeline, which reports nothing of malformed forms.
pub(crate) fn parse(
    source: &str,
    span: Span,
    mode: Mode,
    runs: bool,
    buffer: &mut TokenBuffer,
    ast: &mut Ast,
) -> Parsed {
    let before = Checkpoint::of(ast);
    let mut parse_with = |chars, ast: &mut Ast| {
        lex::tokenize(source, span, Options { mode, chars, runs }, &mut ast.names, buffer);
        let mut builder = Builder::new(source, buffer, runs, ast);
        let error = wat::FormParser::new().parse(&mut builder, buffer.tokens.iter().copied()).err();
        let (diagnostics, parts) = builder.finish();
        if error.is_some() {
            before.restore(ast);
        }
        (Parsed { diagnostics, parts, error }, buffer.saw_char)
    };
    let (mut parsed, saw_char) = parse_with(Chars::Annotation, ast);
    let Some(error) = &mut parsed.error else { return parsed };
    parsed.diagnostics.clear();
    if saw_char {
        // Dialect: what was an annotation without a meaning may be an integer.
        let (literal, _) = parse_with(Chars::Literal, ast);
        match literal.error {
            None => return literal,
            // Nothing but a character literal was meant.
            Some(other) if error::is_bad_char_literal(source, &other, error) => *error = other,
            Some(_) => {}
        }
    }
    parsed
}

/// The parser of the explaining route.
pub(crate) struct Parser;

impl Parser {
    pub(crate) fn new() -> Parser {
        Parser
    }

    /// Parses a form that is a field of a module.
    pub(crate) fn field(&self, source: &str, span: Span, ast: &mut Ast) -> Parsed {
        parse(source, span, Mode::Field, false, &mut TokenBuffer::default(), ast)
    }
}

/// A form that was parsed.
pub(crate) struct Parsed {
    /// Errors and warnings of a form that the grammar accepts.
    pub(crate) diagnostics: Vec<Diagnostic>,
    pub(crate) parts: build::ScriptParts,
    /// Where the grammar stopped; nothing of the form is in the tree then.
    pub(crate) error: Option<SyntaxError>,
}

impl Parsed {
    /// Whether the nodes of the form are in the tree.
    pub(crate) fn is_sound(&self) -> bool {
        self.error.is_none()
    }

    /// The warnings; `None` if there is an error.
    pub(crate) fn warnings(self) -> Option<Vec<Diagnostic>> {
        let is_valid = self.error.is_none() && !self.diagnostics.iter().any(Diagnostic::is_error);
        is_valid.then_some(self.diagnostics)
    }

    /// All that is to be said of the form.
    pub(crate) fn said(self, source: &str, form: Span) -> Vec<Diagnostic> {
        let mut diagnostics = self.diagnostics;
        diagnostics.extend(self.error.map(|error| explain(source, form, &error).diagnostic));
        diagnostics
    }
}

/// An error of the generated parser.
pub(crate) type SyntaxError = ParseError<(), Token, &'static str>;

/// Reads a script; see [`Script::parse`].
pub(crate) fn script(source: &str) -> Result<Script, Diagnostics> {
    if let Some(diagnostic) = too_large(source.len()) {
        return Err(Diagnostics::new("", vec![diagnostic]));
    }
    let mut buffer = TokenBuffer::default();
    let mut diagnostics = Vec::new();
    let whole = Span::new(0, source.len() as u32);
    let forms = split::commands(source, whole, &mut diagnostics);
    let mut commands = Vec::new();
    let mut fields = Vec::new();
    for form in &forms {
        if form.kind.is_field() {
            // Abbreviation: fields without a module around them.
            fields.push(form.span);
            continue;
        }
        let mut ast = Ast::default();
        let mut parsed = parse(source, form.span, Mode::Command, false, &mut buffer, &mut ast);
        let found = std::mem::take(&mut parsed.parts.commands);
        diagnostics.extend(parsed.said(source, form.span));
        for mut command in found {
            if command.span.is_empty() {
                command.span = form.span;
            }
            commands.push(command);
        }
    }
    if let (Some(first), Some(last)) = (fields.first(), fields.last()) {
        if fields.len() == forms.len() {
            let span = first.to(*last);
            let module = crate::script::Module::of_fields(span);
            commands.push(crate::script::Command { span, kind: crate::script::CommandKind::Module(module) });
        } else {
            let message = "a module field cannot stand among the commands of a script";
            diagnostics.push(Diagnostic::error(Code::UnexpectedToken, *first, message));
        }
    }
    if diagnostics.iter().any(Diagnostic::is_error) {
        return Err(Diagnostics::new(source, diagnostics));
    }
    Ok(Script { commands })
}

/// The complaint about a text whose places cannot be counted.
pub(crate) fn too_large(len: usize) -> Option<Diagnostic> {
    (len >= u32::MAX as usize).then(|| {
        let message = "the text is larger than four gibibytes";
        Diagnostic::error(Code::TooLarge, Span::default(), message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::{ExprLowerer, Funcs, Parts, Scope, lower_form};

    /// Numbers that look as if by chance.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 33) as usize % end
        }

        fn one_of<'w>(&mut self, words: &[&'w str]) -> &'w str {
            words[self.below(words.len())]
        }
    }

    /// Instructions without operands; a word of several is several tokens.
    const PLAIN: [&str; 63] = [
        "nop",
        "unreachable",
        "drop",
        "i32.add",
        "i64.extend_i32_u",
        "local.get 0",
        "local.get $x",
        "local.tee $y",
        "local.set 1",
        "i32.const 0",
        "i32.const -1",
        "i32.const 0x7f_ff",
        "i32.const 4294967295",
        "i64.const -64",
        "i64.const 0x123456789abcdef",
        "f32.const 1.5",
        "f64.const -0x1.8p+3",
        "f64.const nan:0x123",
        "i32.load",
        "i32.load offset=4",
        "i32.store align=2",
        "i64.load16_s offset=70000 align=1",
        "call 3",
        "call 300",
        "global.get 2",
        "br 0",
        "br_if $l",
        "br_table 0 0 1",
        "br_table $l 0",
        "call_indirect ( type 0 )",
        "select",
        "select ( result i32 )",
        "memory.size",
        "memory.size 0x7f_ff",
        "struct.get 0 1",
        "local.get 0000000000000000001",
        "array.new_default 0",
        "array.new_fixed 0 3",
        "ref.null func",
        "ref.null 0",
        "ref.null ( exact 0 )",
        "ref.test ( ref 0 )",
        "ref.test anyref",
        "ref.test 0",
        "ref.cast ( ref null any )",
        "ref.cast ( ref null 0 )",
        "ref.cast i32",
        "br_on_cast 0 anyref ( ref i31 )",
        "br_on_cast_fail $l eqref ( ref null 0 )",
        "i32.atomic.load",
        "i32.atomic.load offset=8",
        "i32.atomic.rmw.add align=4",
        "i32.atomic.load seqcst",
        "i32.atomic.store offset=8 acqrel",
        "i64.atomic.rmw8.cmpxchg_u",
        "i32x4.extract_lane 3",
        "i8x16.extract_lane_s 0x1",
        "i8x16.shuffle 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15",
        "i8x16.shuffle 0 1 2 3",
        "v128.const i32x4 1 -2 0x3 4",
        "v128.const i32x4 1 2 3 4 5",
        "v128.const i64x2 1 2",
        "v128.load8_lane offset=3 1",
    ];

    fn instr(chance: &mut Chance, depth: usize, out: &mut Vec<String>) {
        let mut put =
            |text: &str| out.extend(text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned));
        let heads =
            ["", "", "", " $l", " ( result i32 )", " $l ( result ( ref null func ) )", " ( result i32 i64 )"];
        let head = chance.one_of(&heads);
        let kind = if depth == 0 { 0 } else { chance.below(8) };
        match kind {
            1 => {
                put(&format!("{} {head}", chance.one_of(&["block", "loop"])));
                instrs(chance, depth - 1, out);
                out.push("end".into());
            }
            2 => {
                put(&format!("if {head}"));
                instrs(chance, depth - 1, out);
                if chance.below(2) == 0 {
                    out.push("else".into());
                    instrs(chance, depth - 1, out);
                }
                out.push("end".into());
            }
            3 | 4 => {
                put(&format!("( {}", chance.one_of(&PLAIN)));
                instrs(chance, depth - 1, out);
                out.push(")".into());
            }
            5 => {
                put(&format!("( {} {head}", chance.one_of(&["block", "loop", "try_table"])));
                instrs(chance, depth - 1, out);
                out.push(")".into());
            }
            6 => {
                put(&format!("( if {head} ( local.get 0 ) ( then"));
                instrs(chance, depth - 1, out);
                out.push(")".into());
                if chance.below(2) == 0 {
                    out.extend(["(", "else"].map(str::to_owned));
                    instrs(chance, depth - 1, out);
                    out.push(")".into());
                }
                out.push(")".into());
            }
            _ => put(chance.one_of(&PLAIN)),
        }
    }

    fn instrs(chance: &mut Chance, depth: usize, out: &mut Vec<String>) {
        for _ in 0..chance.below(4) {
            instr(chance, depth, out);
        }
    }

    /// A function of tokens, some of them perhaps where they cannot be.
    fn func(chance: &mut Chance) -> String {
        let param = chance.one_of(&[
            "i64 f32",
            "$z ( ref null 0 )",
            "anyref ( ref func )",
            "( ref ( exact 0 ) )",
            "",
        ]);
        let local = chance.one_of(&["i32 i32 i64", "$z ( ref null i31 )", "$z i32 i32", ""]);
        let head =
            format!("(func ( param $x i32 ) ( param {param} ) ( local {local} ) ( local $y v128 ) block $l");
        let mut tokens: Vec<String> =
            head.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let fixed = tokens.len();
        for _ in 0..chance.below(12) {
            instr(chance, 4, &mut tokens);
        }
        if chance.below(3) == 0 && tokens.len() > fixed {
            let at = fixed + chance.below(tokens.len() - fixed);
            match chance.below(3) {
                0 => _ = tokens.remove(at),
                1 => tokens
                    .insert(at, chance.one_of(&["end", "else", "(", ")", "nop", "7", "$l", "then"]).into()),
                _ => {
                    let other = fixed + chance.below(tokens.len() - fixed);
                    tokens.swap(at, other);
                }
            }
        }
        tokens.extend(["end", ")"].map(str::to_owned));
        let mut text = String::new();
        for token in tokens {
            text += &token;
            if token != "(" || chance.below(20) == 0 {
                text +=
                    chance.one_of(&[" ", " ", "\n", "\n      ", "  ", " ;; @1\n", " (;1;) ", "\n\t", "\r\n"]);
            }
        }
        // What is read together does not reach to the end of the text.
        text.trim_end().to_owned() + &" ".repeat(80)
    }

    /// The bytes of a function; none if something is wrong with it.
    fn bytes(source: &str, together: bool) -> Option<Vec<u8>> {
        let span = Span::new(0, source.trim_end().len() as u32);
        let mut ast = Ast::default();
        parse(source, span, Mode::Field, together, &mut TokenBuffer::default(), &mut ast).warnings()?;
        let mut funcs = Funcs::default();
        let mut scope = Scope::new(source);
        scope.read_types(&ast);
        lower_form(&scope, &ast, Parts::All, true, &mut ExprLowerer::default(), &mut funcs);
        let is_wrong = funcs.code.diagnostics.iter().any(Diagnostic::is_error);
        let names = [funcs.local_names, funcs.label_names].concat();
        (!is_wrong).then(|| [funcs.code.bytes, names].concat())
    }

    #[test]
    fn what_is_read_together_is_what_the_grammar_reads() {
        let mut chance = Chance(1);
        let (mut sound, mut wrong) = (0, 0);
        for _ in 0..6000 {
            let text = func(&mut chance);
            let expected = bytes(&text, false);
            assert_eq!(bytes(&text, true), expected, "{text}");
            *if expected.is_some() { &mut sound } else { &mut wrong } += 1;
        }
        assert!(sound > 500 && wrong > 500, "{sound} sound ones and {wrong} wrong ones");
    }
}
