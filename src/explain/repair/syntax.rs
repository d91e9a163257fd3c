//! Syntax errors: an error and a repair where the grammar stops.
//!
//! [`RULES`] is the list of known mistakes, each recognized by its context. For any other error, the message
//! lists the terminals that the grammar expects.

mod annotations;
mod arguments;
mod arms;
mod blocks;
mod context;
mod ends;
mod expected;
mod fields;
mod foreign;
mod immediates;
mod infix;
mod instrs;
mod loops;
mod names;
mod operands;
mod segments;
mod sigils;
mod struct_fields;
mod types;

use super::quote::one_line;
use super::recoverable::Recoverable;
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::{Token, TokenKind};
use crate::parse::SyntaxError;
use crate::span::Span;
use context::ErrorContext;
use expected::Expected;
use lalrpop_util::ParseError;

pub(crate) use names::Names;

/// Explains one kind of mistake. Returns `None` for any other.
type Rule = fn(&ErrorContext<'_>) -> Option<Recoverable>;

/// The known mistakes. The first rule that recognizes the error explains it.
const RULES: &[Rule] = &[
    lexical,
    annotations::misplaced,
    fields::unknown_field,
    fields::composite_type,
    instrs::empty_parentheses,
    infix::parentheses,
    infix::doubled,
    infix::late_immediate,
    operands::bare_sub,
    foreign::handler,
    foreign::index_in_parentheses,
    sigils::name_of_definition,
    sigils::foreign_param,
    sigils::bare_param,
    fields::wrong_order,
    segments::contents,
    fields::parts_of_import,
    fields::func_in_func,
    fields::name_after_export,
    fields::named_by_string,
    fields::body_of_import,
    fields::import,
    fields::export,
    fields::start,
    foreign::passive,
    segments::offset,
    segments::items,
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
    types::heap_type,
    types::old_subtype,
    arms::if_else,
    instrs::renamed,
    arms::without_parentheses,
    blocks::folded_if,
    blocks::flat_block,
    blocks::do_of_try_table,
    blocks::late_catch,
    immediates::memarg,
    blocks::catch_clause,
    struct_fields::type_and_field,
    immediates::immediate,
    instrs::bare_type,
    instrs::result_of_function,
    instrs::result_without_parentheses,
    arguments::named,
    arguments::after_call,
    instrs::operand,
    instrs::reference,
    loops::loop_of_other_languages,
    instrs::unknown,
    types::misspelt,
    types::unknown,
];

/// Explains an error of the generated parser. `form` is the span that was parsed, and `names` are the
/// identifiers of the module, of which `source` may be a part.
#[cold]
pub(crate) fn explain(source: &str, form: Span, names: &Names<'_>, error: &SyntaxError) -> Recoverable {
    let (token, expected): (Token, &[String]) = match error {
        ParseError::UnrecognizedToken { token: ((), token, ()), expected } => (*token, expected),
        ParseError::ExtraToken { token: ((), token, ()) } => (*token, &[]),
        ParseError::UnrecognizedEof { .. } => {
            let message = "this parenthesis is never closed";
            return Recoverable::new(Diagnostic::error(Code::UnclosedParenthesis, form.head(), message));
        }
        ParseError::InvalidToken { .. } | ParseError::User { .. } => {
            return Recoverable::new(Diagnostic::error(Code::UnexpectedToken, form, "unexpected text"));
        }
    };
    let cx = ErrorContext::new(source, form, names, token, Expected::of(expected));
    RULES.iter().find_map(|rule| rule(&cx)).unwrap_or_else(|| unexpected(&cx))
}

/// The maximum number of unknown words in one form that are explained, since the search for similar names is
/// slow. Renamed words are only looked up, so all of them are explained.
const MOST_WORDS: usize = 10_000;

/// The maximum number of tokens that are examined for all the `if`s of one form.
const MOST_TOKENS: usize = 1 << 22;

/// Explains a part of a form without parsing: words that are not the names of instructions, block types without
/// parentheses, and the arms of an `if` without `then`. The words may be anywhere.
pub(crate) fn explain_words(source: &str, part: Span) -> Vec<Recoverable> {
    let expected = Expected { instruction: true, names: Vec::new(), terminals: Vec::new() };
    let start = Token::number(Span::new(part.start, part.start));
    let names = Names::new(source);
    let mut cx = ErrorContext::new(source, part, &names, start, expected);
    let mut faults = Vec::new();
    let mut unknown = 0;
    let mut left = MOST_TOKENS;
    let is_memory_op =
        |kind: TokenKind| kind.is_op() || matches!(kind, TokenKind::OffsetEq | TokenKind::AlignEq);
    for at in 0..cx.tokens.len() {
        cx.stop_at(at);
        match cx.kind() {
            TokenKind::Close => {
                if let Some(open) = cx.enclosing()
                    && cx.head(open) == TokenKind::OpIf
                    && left >= at - open
                {
                    left -= at - open;
                    faults.extend(blocks::folded_if(&cx));
                }
            }
            TokenKind::ParenMemory if cx.near_kind(-1).is_some_and(is_memory_op) => {
                faults.extend(foreign::index_in_parentheses(&cx));
            }
            kind if types::is_type(kind) => faults.extend(types::block_type(&cx)),
            _ => {}
        }
        let is_name = |kind| {
            matches!(
                kind,
                TokenKind::ParenParam | TokenKind::ParenLocal | TokenKind::ParenResult | TokenKind::Mut
            )
        };
        if cx.kind() == TokenKind::Word && !cx.near_kind(-1).is_some_and(is_name) {
            if let Some(fault) = instrs::renamed(&cx) {
                faults.push(fault);
            } else if unknown < MOST_WORDS {
                unknown += 1;
                faults.extend(instrs::unknown(&cx));
            }
        }
    }
    faults
}

/// Explains a malformed token.
fn lexical(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    crate::explain::repair::lexical::explain(cx.source, cx.stopped).into_iter().next()
}

/// Returns the error for a mistake that no rule recognizes.
fn unexpected(cx: &ErrorContext<'_>) -> Recoverable {
    let token = cx.token();
    let shown = match token.kind {
        TokenKind::Close => "`)`".into(),
        _ => format!("`{}`", one_line(cx.text(token))),
    };
    let message = match cx.expected.list() {
        Some(list) => format!("expected {list}, found {shown}"),
        None => format!("unexpected {shown}"),
    };
    let fault = Recoverable::new(Diagnostic::error(Code::UnexpectedToken, token.span(), message));
    match token.kind {
        TokenKind::Close => fault,
        kind if kind.is_open() => fault.read_as(cx.group(cx.at), ""),
        _ => fault.read_as(token.span(), ""),
    }
}
