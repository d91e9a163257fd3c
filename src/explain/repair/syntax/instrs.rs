//! Mistakes in instructions.

use super::context::Around;
use super::foreign;
use super::immediates::{is_literal, number_type, with_immediates};
use crate::diagnostic::{Code, Fault, edit};
use crate::explain::renamed::{Successor, successor};
use crate::explain::repair::quote::one_line;
use crate::explain::spelling::{near_instruction, nearest_word, snake_case};
use crate::explain::vocabulary::alias;
use crate::instr::Op;
use crate::lex::{Kind, kind_of, op};

/// `()`, and a call with parentheses behind it.
pub(super) fn empty_parentheses(around: &Around<'_>) -> Option<Fault> {
    let open = match (around.near_kind(-1), around.kind()) {
        (Some(Kind::Open), Kind::Close) => around.at - 1,
        (_, Kind::Open) if around.near_kind(1) == Some(Kind::Close) => around.at,
        _ => return None,
    };
    let span = around.group(open);
    let fault = around.error(
        Code::UnexpectedToken,
        span,
        "these parentheses are empty; expected an instruction in them",
    );
    Some(fault.guessed("take them away", vec![edit(around.with_space(span), "")]))
}

/// An instruction that is called otherwise now.
pub(super) fn renamed(around: &Around<'_>) -> Option<Fault> {
    let (word, span) = (around.word(), around.token().span());
    if around.kind() != Kind::Word {
        return None;
    }
    let what = if word.contains(['.', '_']) { "instruction" } else { "word" };
    match successor(word)? {
        Successor::Renamed(now) => {
            let message = format!("the {what} `{word}` is now called `{now}`");
            let fault = around.error(Code::Renamed, span, message);
            let mut edits = vec![edit(span, now.clone())];
            // Nor is there a runtime type any more.
            if word.ends_with("_with_rtt")
                && let Some(open) = around.enclosing()
                && let Some(&last) = around.parts(open, around.close_of(open)).last()
                && around.tokens.get(last + 1).is_some_and(|next| around.text(*next).starts_with("rtt."))
            {
                edits.push(edit(around.with_space(around.group(last)), ""));
            }
            Some(fault.mended(format!("write `{now}`"), edits))
        }
        Successor::Changed(now) => {
            let message = format!("the {what} `{word}` is gone; `{now}` is like it");
            let fault = around.error(Code::Renamed, span, message);
            Some(fault.guessed(format!("write `{now}`"), vec![edit(span, now)]))
        }
        Successor::Rewritten(op, types) => {
            let message = format!("the {what} `{word}` is gone: it is `{op}` now");
            let fault = around.error(Code::Renamed, span, message);
            let label = around.near(1).filter(|_| op.starts_with("br_"));
            let mended = match label.filter(|label| matches!(label.kind, Kind::Id | Kind::Nat)) {
                Some(label) => {
                    let whole = span.to(label.span());
                    (whole, format!("{op} {} {types}", around.text(label)))
                }
                None => (span, format!("{op} {types}")),
            };
            let message = format!("write `{}`", mended.1);
            let edits = vec![edit(mended.0, mended.1)];
            // The type of the operand may be another one.
            Some(fault.guessed_if(op.starts_with("br_") || word.ends_with("_data"), message, edits))
        }
        Successor::Replaced(advice) => {
            let message = format!("the {what} `{word}` is gone");
            let fault =
                around.error(Code::Renamed, span, message).read_as(with_immediates(around), "unreachable");
            Some(Fault { diagnostic: fault.diagnostic.with_note(advice), ..fault })
        }
    }
}

/// A word that is no instruction, where one is expected.
pub(super) fn unknown(around: &Around<'_>) -> Option<Fault> {
    let token = around.token();
    if token.kind != Kind::Word || !around.expected.instruction {
        return None;
    }
    let (word, span) = (around.word(), token.span());
    // A part of the head of the function, rather, or of an `if`.
    let is_behind_open = around.near_kind(-1) == Some(Kind::Open);
    let is_keyword = |meant: &&str| is_behind_open && around.accepts(meant);
    let keywords =
        ["param", "result", "local", "export", "import", "type", "then", "else", "catch", "catch_all", "do"];
    if let Some(meant) =
        alias(word).filter(is_keyword).or_else(|| nearest_word(word, keywords.into_iter().filter(is_keyword)))
        && !word.contains('.')
        && !foreign::is_instruction_meant(around)
    {
        let message = format!("unknown word `{word}`; did you mean `{meant}`?");
        let fault = around.error(Code::UnexpectedToken, span, message);
        return Some(fault.guessed(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    let unknown = |more: &str| {
        around.error(Code::UnknownInstruction, span, format!("unknown instruction `{word}`{more}"))
    };
    let poisoned =
        |fault: Fault| Fault { changes: vec![edit(with_immediates(around), "unreachable")], ..fault };
    // Some need a sign.
    if let Some([s, u]) = foreign::with_signs(word) {
        let fault = unknown(&format!(": it is `{s}` for signed numbers, `{u}` for unsigned ones"));
        let diagnostic = fault.diagnostic.with_guess(format!("for signed numbers, write `{s}`"), span, s);
        let diagnostic = diagnostic.with_guess(format!("for unsigned numbers, write `{u}`"), span, u);
        return Some(Fault { diagnostic, changes: vec![edit(span, s)] });
    }
    if let Some(fault) = foreign::instruction(around) {
        return Some(fault);
    }
    // `i32.const7`, `local.get$x`
    let name_len = word.find('$').unwrap_or(word.trim_end_matches(|c: char| c.is_ascii_digit()).len());
    if name_len < word.len()
        && name_len > 0
        && op(&word[..name_len]).is_some_and(|op| takes(op, &word[name_len..]))
    {
        let apart = format!("{} {}", &word[..name_len], &word[name_len..]);
        let fault = unknown(": a space is missing");
        return Some(fault.mended(format!("write `{apart}`"), vec![edit(span, apart)]));
    }
    let snake = snake_case(word);
    if snake != word && op(&snake).is_some() {
        let fault = unknown(&format!(": it is written `{snake}`"));
        return Some(fault.mended(format!("write `{snake}`"), vec![edit(span, snake)]));
    }
    // Others have none.
    if let Some(plain) = word.strip_suffix("_s").or(word.strip_suffix("_u"))
        && op(plain).is_some()
    {
        let fault = unknown(&format!(": `{plain}` has no sign"));
        return Some(fault.mended(format!("write `{plain}`"), vec![edit(span, plain)]));
    }
    if let Some(fault) = foreign::bare_operation(around) {
        return Some(poisoned(fault));
    }
    Some(match near_instruction(word) {
        Some(near) => {
            let fault = unknown(&format!("; did you mean `{}`?", near.name));
            let message = format!("there is `{}`", near.name);
            let edits = vec![edit(span, near.name)];
            let fault = fault.guessed_if(!near.is_sure, message, edits);
            // What opens a block must do so all the same.
            let is_block =
                matches!(near.name, "block" | "loop" | "if" | "try" | "try_table" | "else" | "end");
            if is_block { fault } else { poisoned(fault) }
        }
        None => poisoned(unknown("")),
    })
}

/// Whether an instruction takes this name or number right behind it.
fn takes(op: Op, immediate: &str) -> bool {
    let kind = kind_of(op);
    let is_index = matches!(
        kind,
        Kind::OpIndex | Kind::OpIndex2 | Kind::OpSwitch | Kind::OpInit | Kind::OpLabels | Kind::OpOrdIndex
    );
    match immediate.starts_with('$') {
        true => is_index,
        false => is_index || matches!(kind, Kind::OpInt | Kind::OpFloat | Kind::OpLane),
    }
}

/// A name or a number where an instruction is expected.
pub(super) fn operand(around: &Around<'_>) -> Option<Fault> {
    let token = around.token();
    if !around.expected.instruction || !is_literal(token) {
        return None;
    }
    let (word, span) = (around.word(), token.span());
    let enclosing = around.enclosing()?;
    let of = around.op_of(enclosing);
    let before = around.near(-1)?;
    let in_operands = of.is_some_and(|op| !matches!(op.mnemonic(), "block" | "loop" | "try" | "try_table"));
    // `$f(...)`
    if token.kind == Kind::Id
        && around.near(1).is_some_and(|next| next.kind.is_open() && next.start == span.end)
    {
        let message = format!(
            "a call is an instruction, `(call {word} ...)`, with its operands in parentheses of their own"
        );
        let whole = span.to(around.group(around.at + 1));
        return Some(around.error(Code::UnexpectedToken, span, message).read_as(whole, "(unreachable)"));
    }
    // `call_indirect $table $type`
    if token.kind == Kind::Id && before.kind == Kind::Id && around.near_kind(-2) == Some(Kind::OpCallIndirect)
    {
        let meant = format!("(type {word})");
        let message = format!("expected the type of the callee, as in `{meant}`, found `{word}`");
        return Some(around.unexpected(message).mended(format!("write `{meant}`"), vec![edit(span, meant)]));
    }
    // A type that the instruction took before garbage collection was standard.
    if before.kind == Kind::Instr && before.immediate().is_empty() && takes_type_no_more(before.op()) {
        let name = before.op().mnemonic();
        let message = format!("`{name}` takes no type any more, found `{word}`");
        let fault = around.error(Code::UnexpectedToken, span, message);
        return Some(fault.mended("take it away", vec![edit(around.with_space(span), "")]));
    }
    if token.kind == Kind::String {
        let fault =
            around.unexpected(format!("expected an instruction, found the string {}", one_line(word)));
        return Some(fault.read_as(span, ""));
    }
    if let Some(op) = of.filter(|op| op.mnemonic().ends_with(".const")) {
        let message = format!("`{}` takes one number, found `{word}` behind it", op.mnemonic());
        return Some(around.unexpected(message).read_as(with_immediates(around), ""));
    }
    let (instr, value) = match token.kind {
        Kind::Id => ("local.get", format!("local.get {word}")),
        kind => {
            let ty = match of {
                Some(op) => number_type(op),
                None if kind == Kind::Float => "f64",
                None => "i32",
            };
            ("const", format!("{ty}.const {word}"))
        }
    };
    let meant = if in_operands { format!("({value})") } else { value };
    let message = match (of.filter(|_| in_operands), instr) {
        // An unknown instruction is read as `unreachable`, which is not in the text.
        (Some(op), _) if op.mnemonic() != "unreachable" => {
            format!("an operand of `{}` is an instruction, as in `{meant}`; `{word}` is none", op.mnemonic())
        }
        _ => format!("expected an instruction, as in `{meant}`, found `{word}`"),
    };
    let fault = around.unexpected(message);
    if in_operands {
        let mut edits = vec![edit(span, meant.clone())];
        // Names in a row are one mistake.
        let more = around.tokens[around.at + 1..]
            .iter()
            .take_while(|next| token.kind == Kind::Id && next.kind == Kind::Id);
        edits.extend(more.map(|next| edit(next.span(), format!("(local.get {})", around.text(*next)))));
        return Some(fault.guessed(format!("write `{meant}`"), edits));
    }
    // In flat text it would stand before the instruction.
    let is_behind_op = before.kind == Kind::Instr && before.immediate().is_empty();
    let fault = fault.read_as(span, "");
    if is_behind_op {
        let edits =
            vec![edit(before.span().before(), format!("{meant} ")), edit(around.with_space(span), "")];
        let diagnostic = fault.diagnostic.with_edits(
            "to give it as an operand, write before the instruction",
            edits.clone(),
            crate::diagnostic::Applicability::MaybeIncorrect,
        );
        return Some(Fault { diagnostic, changes: edits });
    }
    Some(fault)
}

/// Whether the instruction had the index of a type once.
fn takes_type_no_more(op: Op) -> bool {
    matches!(
        op.mnemonic(),
        "array.len"
            | "ref.as_non_null"
            | "ref.eq"
            | "ref.is_null"
            | "throw_ref"
            | "ref.i31"
            | "i31.get_s"
            | "i31.get_u"
    )
}
