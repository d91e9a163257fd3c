//! What to say where the grammar does not go on, and how to go on behind it.
//!
//! [`RULES`] are the mistakes that are known by what surrounds them; what none of them knows gets a
//! message made of the terminals that could have stood there.

pub(crate) mod arms;
pub(crate) mod context;
pub(crate) mod fields;
pub(crate) mod foreign;
pub(crate) mod instrs;
pub(crate) mod names;
pub(crate) mod types;

use crate::diagnostic::{Code, Diagnostic, Fault};
use crate::lex::{Token, TokenKind};
use crate::parse::SyntaxError;
use crate::span::Span;
use context::Around;
use lalrpop_util::ParseError;

pub(crate) use fields::{FIELDS, field_meant};
pub(crate) use names::Names;

/// Knows a mistake, or not.
type Rule = fn(&Around<'_>) -> Option<Fault>;

/// The first rule that knows a mistake explains it.
const RULES: &[Rule] = &[
    lexical,
    fields::unknown_field,
    fields::composite_type,
    instrs::empty_parentheses,
    foreign::handler,
    foreign::index_in_parentheses,
    fields::wrong_order,
    fields::func_in_func,
    fields::name_behind_export,
    fields::named_by_string,
    fields::body_of_import,
    fields::import,
    fields::export,
    fields::start,
    foreign::passive,
    foreign::numbers,
    fields::segment,
    fields::table_or_memory,
    fields::global,
    types::renamed,
    foreign::value_type,
    foreign::shared_limits,
    foreign::function_of_continuation,
    types::block_type,
    types::mutable,
    types::late_final,
    types::reference,
    types::declaration,
    types::heap_type_in_parentheses,
    types::subtype_of_before,
    arms::if_else,
    instrs::renamed,
    instrs::folded_if,
    instrs::flat_block,
    instrs::do_of_try_table,
    instrs::late_catch,
    instrs::memarg,
    instrs::catch_clause,
    instrs::immediate,
    instrs::operand,
    instrs::unknown,
    types::misspelt,
    types::unknown,
];

/// Turns an error of the generated parser into one for people. `form` is what was parsed, and `names`
/// are those of the module, of which `source` may be a part.
#[cold]
pub(crate) fn explain(source: &str, form: Span, names: &Names<'_>, error: &SyntaxError) -> Fault {
    let (token, expected): (Token, &[String]) = match error {
        ParseError::UnrecognizedToken { token: ((), token, ()), expected } => (*token, expected),
        ParseError::ExtraToken { token: ((), token, ()) } => (*token, &[]),
        ParseError::UnrecognizedEof { .. } => {
            let message = "this parenthesis is never closed";
            return Fault::new(Diagnostic::error(Code::UnclosedParenthesis, form.head(), message));
        }
        ParseError::InvalidToken { .. } | ParseError::User { .. } => {
            return Fault::new(Diagnostic::error(Code::UnexpectedToken, form, "this cannot be read"));
        }
    };
    let around = Around::new(source, form, names, token, Expected::of(expected));
    RULES.iter().find_map(|rule| rule(&around)).unwrap_or_else(|| unexpected(&around))
}

/// The number of unknown words of one form that are explained: near names are looked for, which takes long.
/// Words of before are looked up, so all of them are explained.
const MOST_WORDS: usize = 10_000;

/// What is wrong with the words of a part of a form, as far as it can be told of each alone: where no
/// instruction has that name. Anything may stand in their place.
pub(crate) fn explain_words(source: &str, part: Span) -> Vec<Fault> {
    let expected = Expected { instruction: true, names: Vec::new(), terminals: Vec::new() };
    let start = Token::number(Span::new(part.start, part.start));
    let names = Names::new(source);
    let mut around = Around::new(source, part, &names, start, expected);
    let mut faults = Vec::new();
    let mut unknown = 0;
    for at in 0..around.tokens.len() {
        around.at = at;
        let is_name = |kind| {
            matches!(
                kind,
                TokenKind::ParenParam | TokenKind::ParenLocal | TokenKind::ParenResult | TokenKind::Mut
            )
        };
        if around.kind() == TokenKind::Word && !around.near_kind(-1).is_some_and(is_name) {
            if let Some(fault) = instrs::renamed(&around) {
                faults.push(fault);
            } else if unknown < MOST_WORDS {
                unknown += 1;
                faults.extend(instrs::unknown(&around));
            }
        }
    }
    faults
}

/// A token that the lexer could make nothing of.
fn lexical(around: &Around<'_>) -> Option<Fault> {
    crate::explain::repair::lexical::explain(around.source, around.stopped).into_iter().next()
}

/// What is said where no rule knows the mistake.
fn unexpected(around: &Around<'_>) -> Fault {
    let token = around.token();
    let shown = match token.kind {
        TokenKind::Close => "`)`".into(),
        _ => format!("`{}`", one_line(around.text(token))),
    };
    let message = match around.expected.list() {
        Some(list) => format!("expected {list}, found {shown}"),
        None => format!("unexpected {shown}"),
    };
    let fault = Fault::new(Diagnostic::error(Code::UnexpectedToken, token.span(), message));
    match token.kind {
        TokenKind::Close => fault,
        kind if kind.is_open() => fault.read_as(around.group(around.at), ""),
        _ => fault.read_as(token.span(), ""),
    }
}

/// The beginning of a text, on one line.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(20).collect();
    words.join(" ").chars().take(40).collect()
}

/// The terminals that could have stood somewhere, as a person would call them.
pub(crate) struct Expected {
    instruction: bool,
    names: Vec<&'static str>,
    terminals: Vec<String>,
}

impl Expected {
    fn of(terminals: &[String]) -> Expected {
        let terminals: Vec<String> = terminals.iter().map(|raw| raw.trim_matches('"').to_owned()).collect();
        let mut expected = Expected { instruction: false, names: Vec::new(), terminals: Vec::new() };
        for terminal in terminals.iter().map(String::as_str) {
            if terminal == "instr" || terminal == "instrs" {
                expected.instruction = true;
            }
            let name = match terminal {
                "leaves" | "(instr" => continue,
                _ if terminal.starts_with("op") || terminal.starts_with("instr") => "an instruction",
                "(" if expected.instruction => continue,
                "nat" => "an unsigned integer",
                "int" => "an integer",
                "float" | "char" => continue,
                "id" => "an identifier",
                "string" => "a string",
                "num_type" => "a number type",
                "ref_type" => "a reference type",
                "abs_heap_type" => "a heap type",
                "packed_type" => "a packed type",
                "shape" => "a vector shape",
                "order" => "a memory order",
                "word" => "a word",
                "(@code" | "(@field" | "(@name" => continue,
                other => match TERMINALS.iter().find(|(raw, _)| *raw == other) {
                    Some((_, shown)) => shown,
                    None => continue,
                },
            };
            if !expected.names.contains(&name) {
                expected.names.push(name);
            }
        }
        expected.terminals = terminals;
        expected
    }

    /// Whether this terminal could have stood there.
    fn has(&self, terminal: &str) -> bool {
        self.terminals.iter().any(|other| other == terminal)
    }

    fn list(&self) -> Option<String> {
        let (last, rest) = self.names.split_last()?;
        if self.names.len() > 8 {
            return self.instruction.then(|| "an instruction".to_owned());
        }
        if rest.is_empty() {
            Some((*last).to_owned())
        } else {
            Some(format!("{} or {last}", rest.join(", ")))
        }
    }
}

/// Terminals that are shown as they are written.
const TERMINALS: &[(&str, &str)] = &[
    ("(", "`(`"),
    (")", "`)`"),
    ("offset=", "`offset=`"),
    ("align=", "`align=`"),
    ("i32", "`i32`"),
    ("i64", "`i64`"),
    ("v128", "`v128`"),
    ("func", "`func`"),
    ("null", "`null`"),
    ("mut", "`mut`"),
    ("final", "`final`"),
    ("shared", "`shared`"),
    ("declare", "`declare`"),
    ("(type", "`(type`"),
    ("(rec", "`(rec`"),
    ("(import", "`(import`"),
    ("(func", "`(func`"),
    ("(table", "`(table`"),
    ("(memory", "`(memory`"),
    ("(global", "`(global`"),
    ("(tag", "`(tag`"),
    ("(export", "`(export`"),
    ("(start", "`(start`"),
    ("(elem", "`(elem`"),
    ("(data", "`(data`"),
    ("(param", "`(param`"),
    ("(result", "`(result`"),
    ("(local", "`(local`"),
    ("(sub", "`(sub`"),
    ("(struct", "`(struct`"),
    ("(array", "`(array`"),
    ("(cont", "`(cont`"),
    ("(field", "`(field`"),
    ("(mut", "`(mut`"),
    ("(ref", "`(ref`"),
    ("(shared", "`(shared`"),
    ("(pagesize", "`(pagesize`"),
    ("(offset", "`(offset`"),
    ("(item", "`(item`"),
    ("(then", "`(then`"),
    ("(else", "`(else`"),
    ("(do", "`(do`"),
    ("(catch", "`(catch`"),
    ("(catch_all", "`(catch_all`"),
];
