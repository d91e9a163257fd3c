//! Mistakes in types.

use super::context::{ErrorContext, begins_in};
use crate::diagnostic::{Code, edit};
use crate::explain::renamed::{Successor, successor};
use crate::explain::repair::keywords::field_meant;
use crate::explain::repair::quote::one_line;
use crate::explain::repair::recoverable::Recoverable;
use crate::explain::spelling::nearest_word;
use crate::explain::vocabulary::alias;
use crate::lex::{TokenKind, op, words};
use crate::span::Span;

/// A type that has been renamed.
pub(super) fn renamed(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::Word || cx.expected.instruction {
        return None;
    }
    let (word, span) = (cx.word(), cx.token().span());
    match successor(word)? {
        Successor::Renamed(now) => {
            let message = format!("the word `{word}` is now called `{now}`");
            let fault = cx.error(Code::Renamed, span, message);
            Some(fault.with_fix(format!("write `{now}`"), vec![edit(span, now)]))
        }
        Successor::Replaced(..) | Successor::Rewritten(..) | Successor::Changed(..) => None,
    }
}

/// A type about which no errors are reported.
pub(super) const UNKNOWN_TYPE: &str = "(ref $\"?\")";

/// Whether the type of a field or a value begins with this token.
pub(super) fn is_type(kind: TokenKind) -> bool {
    kind.begins_val_type() || kind == TokenKind::PackedType
}

/// `block i32`, `block $l $type`.
pub(super) fn block_type(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let before = cx.near(-1)?;
    let is_block = |kind: TokenKind| {
        matches!(
            kind,
            TokenKind::OpBlock
                | TokenKind::OpIf
                | TokenKind::OpTry
                | TokenKind::OpTryTable
                | TokenKind::OpSelect
        )
    };
    let is_labelled = before.kind == TokenKind::Id && cx.near_kind(-2).is_some_and(is_block);
    if !is_block(before.kind) && !is_labelled {
        return None;
    }
    let span = cx.group(cx.at);
    let text = cx.slice(span);
    let meant = match cx.kind() {
        kind if is_type(kind) => format!("(result {text})"),
        TokenKind::Id | TokenKind::Nat => format!("(type {text})"),
        _ => return None,
    };
    let message = format!("expected `{meant}`, found `{text}`");
    // A number can have other meanings.
    let is_number = cx.kind() == TokenKind::Nat;
    let edits = vec![edit(span, meant.clone())];
    Some(cx.unexpected(message).with_guess_if(is_number, format!("write `{meant}`"), edits))
}

/// `mut i32` without parentheses.
pub(super) fn mutable(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::Mut {
        return None;
    }
    if !cx.near_kind(1).is_some_and(is_type)
        && let Some(before) = cx.near(-1).filter(|before| is_type(before.kind))
    {
        let span = before.span().to(cx.token().span());
        let meant = format!("mut {}", cx.text(before));
        let is_alone = cx.near_kind(-2) != Some(TokenKind::Open);
        let meant = if is_alone { format!("({meant})") } else { meant };
        let message = format!("`mut` must come before the type, in parentheses: `(mut {})`", cx.text(before));
        return Some(cx.unexpected(message).with_fix("swap them", vec![edit(span, meant)]));
    }
    let ty = cx.group(cx.at + 1);
    let span = cx.token().span().to(ty);
    let meant = format!("({})", cx.slice(span));
    let message = format!("`mut` needs parentheses: `{meant}`");
    Some(cx.unexpected(message).with_fix(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `(sub $super final ...)`
pub(super) fn late_final(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let before = cx.near(-1)?;
    if cx.kind() != TokenKind::Final || !matches!(before.kind, TokenKind::Id | TokenKind::Nat) {
        return None;
    }
    let span = before.span().to(cx.token().span());
    let meant = format!("final {}", cx.text(before));
    let message = format!("`final` must come before the supertype: `(sub {meant} ...)`");
    Some(cx.unexpected(message).with_fix("swap them", vec![edit(span, meant)]))
}

/// `ref $node` without parentheses, `(ref $node null)`.
pub(super) fn reference(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let before = cx.near(-1)?;
    let is_heap_type = before.kind != TokenKind::Null;
    if cx.kind() == TokenKind::Null && is_heap_type && cx.within() == Some(TokenKind::ParenRef) {
        let span = before.span().to(cx.token().span());
        let meant = format!("null {}", cx.text(before));
        let message = format!("`null` must come before the heap type: `(ref {meant})`");
        return Some(cx.unexpected(message).with_fix("swap them", vec![edit(span, meant)]));
    }
    // `(ref opt $node)`, of earlier proposals and of other languages.
    if before.kind == TokenKind::ParenRef
        && matches!(cx.word(), "opt" | "nullable" | "optional" | "maybe")
        && cx.near(1).is_some_and(|next| next.kind != TokenKind::Close)
    {
        let (word, span) = (cx.word(), cx.token().span());
        let message = format!("unknown word `{word}`: a nullable reference is `(ref null ...)`");
        let fault = cx.error(Code::UnexpectedToken, span, message);
        return Some(fault.with_fix("write `null`", vec![edit(span, "null")]));
    }
    if cx.word() != "ref" {
        return None;
    }
    let mut last = cx.near(1)?;
    if last.kind == TokenKind::Null {
        last = cx.near(2)?;
    }
    if !matches!(last.kind, TokenKind::Id | TokenKind::Nat | TokenKind::Func | TokenKind::AbsHeapType) {
        return None;
    }
    let span = cx.token().span().to(last.span());
    let meant = format!("({})", cx.slice(span));
    let message = format!("`ref` needs parentheses: `{meant}`");
    Some(cx.unexpected(message).with_fix(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `(param i32 $x)`, `(param $x)`, `(struct i32)`.
pub(super) fn declaration(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let open = cx.enclosing()?;
    let before = cx.near(-1)?;
    let within = cx.head(open);
    let what = match within {
        TokenKind::ParenParam => "param",
        TokenKind::ParenLocal => "local",
        TokenKind::ParenResult => "result",
        TokenKind::ParenField => "field",
        // `(type $t (param i32))`
        TokenKind::ParenType if matches!(cx.kind(), TokenKind::ParenParam | TokenKind::ParenResult) => {
            let close = cx.close_of(open);
            let rest = cx.group(cx.at).to(cx.tokens[close - 1].span());
            let message =
                "expected the kind of the type, as in `(func ...)`, found its parameters or results";
            let edits = vec![edit(rest.before(), "(func "), edit(rest.after(), ")")];
            return Some(cx.unexpected(message).with_fix("write `(func ...)` around them", edits));
        }
        // `(struct (x f64))`
        TokenKind::ParenStruct if cx.kind() == TokenKind::Open => {
            let name = cx.near(1)?;
            let &[first, _] = &cx.parts(cx.at, cx.close_of(cx.at))[..] else { return None };
            let text = cx.text(name).trim_end_matches(':');
            let is_name = matches!(name.kind, TokenKind::Id | TokenKind::Word) && first == cx.at + 1;
            if !is_name
                || !cx.near_kind(2).is_some_and(is_type) && cx.near_kind(2) != Some(TokenKind::ParenMut)
            {
                return None;
            }
            let meant = format!("field ${}", text.trim_start_matches('$'));
            let message = format!("expected a field, as in `({meant} ...)`, found `({}`", cx.text(name));
            // The other fields lack it, too.
            let mut edits = vec![edit(name.span(), meant)];
            let mut next = cx.close_of(cx.at) + 1;
            while let [Some(open), Some(name), Some(ty)] = [0, 1, 2].map(|at| cx.tokens.get(next + at))
                && open.kind == TokenKind::Open
                && name.kind == TokenKind::Id
                && (is_type(ty.kind) || ty.kind == TokenKind::ParenMut)
            {
                edits.push(edit(name.span(), format!("field {}", cx.text(*name))));
                next = cx.close_of(next) + 1;
            }
            return Some(cx.unexpected(message).with_fix("write `field`", edits));
        }
        TokenKind::ParenArray if matches!(cx.kind(), TokenKind::Nat | TokenKind::Int) => {
            let span = cx.token().span();
            let message = "an array type has no length: each array gets its own when it is made";
            return Some(cx.unexpected(message).with_fix("remove it", vec![edit(cx.with_space(span), "")]));
        }
        // `(struct $x f64 $y f64)`
        TokenKind::ParenStruct if cx.kind() == TokenKind::Id && cx.near_kind(1).is_some_and(is_type) => {
            let mut edits = Vec::new();
            let mut index = cx.at;
            while cx.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Id)
                && cx.tokens.get(index + 1).is_some_and(|token| is_type(token.kind))
            {
                let span = cx.tokens[index].span().to(cx.group(index + 1));
                edits.push(edit(span, format!("(field {})", cx.slice(span))));
                index = cx.close_or(index + 1) + 1;
            }
            let meant = edits[0].replacement.clone();
            let message = format!("expected a field, as in `{meant}`, found `{}`", cx.word());
            return Some(cx.unexpected(message).with_fix("write `(field ...)` around it", edits));
        }
        TokenKind::ParenStruct if is_type(cx.kind()) || cx.kind() == TokenKind::ParenMut => {
            let span = cx.group(cx.at);
            let meant = format!("(field {})", cx.slice(span));
            let message = format!("expected a field, as in `{meant}`, found `{}`", cx.slice(span));
            // Further types in a row are fields, too.
            let mut edits = vec![edit(span, meant)];
            let mut next = cx.close_or(cx.at) + 1;
            while cx
                .tokens
                .get(next)
                .is_some_and(|token| is_type(token.kind) || token.kind == TokenKind::ParenMut)
            {
                let span = cx.group(next);
                edits.push(edit(span, format!("(field {})", cx.slice(span))));
                next = cx.close_or(next) + 1;
            }
            return Some(cx.unexpected(message).with_fix("write `(field ...)` around it", edits));
        }
        _ => return None,
    };
    match cx.kind() {
        TokenKind::Id if what == "result" => {
            let (name, span) = (cx.word(), cx.token().span());
            let message = format!("a result has no name, found `{name}`");
            Some(cx.unexpected(message).with_fix("remove it", vec![edit(cx.with_space(span), "")]))
        }
        // `(param a i32)`
        TokenKind::Word if what != "result" && cx.near_kind(1).is_some_and(is_type) => {
            let (word, span) = (cx.word(), cx.token().span());
            let name = format!("${word}");
            let message =
                format!("expected the type of the {what}, found `{word}`: a name has a dollar sign");
            Some(cx.unexpected(message).with_fix(format!("write `{name}`"), vec![edit(span, name)]))
        }
        // `(local $t i32 $u i32)`
        TokenKind::Id
            if (is_type(before.kind) || before.kind == TokenKind::Close)
                && cx.near_kind(1).is_some_and(is_type) =>
        {
            let message = format!("a `{what}` with a name has one type, found a second name `{}`", cx.word());
            let span = cx.token().span();
            let edits = vec![edit(cx.with_space(span), format!(") ({what} {}", cx.word()))];
            Some(cx.unexpected(message).with_guess(format!("write another `{what}`"), edits))
        }
        kind if what == "local" && kind.is_open() && !is_type(kind) => {
            let group = cx.group(cx.at);
            let message = "a `local` has no initial value: it is zero, or set by `local.set`";
            Some(cx.unexpected(message).read_as(cx.with_space(group), ""))
        }
        TokenKind::Id if is_type(before.kind) || before.kind == TokenKind::Close => {
            let ty = cx.group(cx.parts(open, cx.at).last().copied()?);
            if cx.parts(open, cx.at).len() > 1 {
                return None;
            }
            let (name, ty_text) = (cx.word(), cx.slice(ty));
            let swapped = format!("{name} {ty_text}");
            let span = ty.to(cx.token().span());
            let message = format!("the name `{name}` must come before the type: `({what} {swapped})`");
            Some(cx.unexpected(message).with_fix("swap them", vec![edit(span, swapped)]))
        }
        TokenKind::PackedType if matches!(what, "param" | "result" | "local") => {
            let (word, span) = (cx.word(), cx.token().span());
            let message =
                format!("`{word}` is a packed type, which only fields and arrays have; a {what} is `i32`");
            Some(cx.unexpected(message).with_guess("write `i32`", vec![edit(span, "i32")]))
        }
        TokenKind::Close if before.kind == TokenKind::Id => {
            let name = cx.text(before);
            let message = format!("expected the type of the {what} `{name}`, found `)`");
            let place = before.span().after();
            // Its type is unknown, and its uses are not reported.
            let fault = cx.unexpected(message).read_as(place, format!(" {UNKNOWN_TYPE}"));
            let note = format!("as in `({what} {name} i32)`");
            Some(fault.with_note(note))
        }
        TokenKind::Id if before.kind == TokenKind::Id && what != "result" => {
            let (first, second) = (cx.text(before), cx.word());
            let message = format!("expected the type of the {what} `{first}`, found `{second}`");
            let fault = cx.unexpected(message);
            if cx.near(1).is_some_and(|next| is_type(next.kind)) {
                // One type for two identifiers.
                let ty = cx.slice(cx.group(cx.at + 1));
                let place = before.span().after();
                let message = format!("write one `{what}` for each name");
                return Some(fault.with_guess(message, vec![edit(place, format!(" {ty}) ({what}"))]));
            }
            let meant = format!("(ref null {second})");
            Some(
                fault.with_guess("for a reference to that type, write", vec![edit(cx.token().span(), meant)]),
            )
        }
        kind if is_type(kind) && what != "result" && before.kind != TokenKind::Id => {
            let parts = cx.parts(open, cx.at);
            let &first = parts.first().filter(|&&first| cx.tokens[first].kind == TokenKind::Id)?;
            let name = cx.text(cx.tokens[first]);
            let message = format!("a `{what}` with a name, `{name}`, has one type");
            let place = cx.token().span().before();
            let fault = cx.unexpected(message);
            Some(fault.with_guess(
                format!("write another `{what}`"),
                vec![edit(cx.with_space(place), format!(") ({what} "))],
            ))
        }
        _ => None,
    }
}

/// `ref.null (ref $t)`: a heap type has no parentheses.
pub(super) fn heap_type_in_parentheses(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    if cx.kind() != TokenKind::ParenRef || cx.near_kind(-1) != Some(TokenKind::OpHeapType) {
        return None;
    }
    let close = cx.close_of(cx.at);
    let last = cx.tokens.get(close.checked_sub(1)?)?;
    let group = cx.group(cx.at);
    let meant = cx.text(*last);
    let message = format!("expected a heap type, `{meant}`, found the reference type `{}`", cx.slice(group));
    let fault = cx.error(Code::UnexpectedToken, group, message);
    Some(fault.with_fix(format!("write `{meant}`"), vec![edit(group, meant)]))
}

/// `ref.null funcref`, `(ref funcref)` and `(ref (type $t))`: a heap type is only the word or the index.
pub(super) fn heap_type(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let before = cx.near_kind(-1)?;
    if !matches!(before, TokenKind::OpHeapType | TokenKind::ParenRef | TokenKind::Null) {
        return None;
    }
    let (span, word) = (cx.group(cx.at), cx.word());
    let meant = match cx.kind() {
        TokenKind::RefType => match word {
            "nullref" => "none",
            "nullfuncref" => "nofunc",
            "nullexternref" => "noextern",
            "nullexnref" => "noexn",
            "nullcontref" => "nocont",
            _ => word.strip_suffix("ref")?,
        },
        TokenKind::ParenType => {
            let parts = cx.parts(cx.at, cx.close_of(cx.at));
            let &[index] = &parts[..] else { return None };
            let index = cx.tokens[index];
            if !matches!(index.kind, TokenKind::Id | TokenKind::Nat) {
                return None;
            }
            cx.text(index)
        }
        _ => return None,
    };
    let message = format!("expected a heap type, `{meant}`, found `{}`", cx.slice(span));
    let fault = cx.error(Code::UnexpectedToken, span, message);
    // In early versions, `anyref` was a reference of the host.
    let is_guess = word == "anyref";
    Some(fault.with_guess_if(is_guess, format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `(struct_subtype ... $super)` and similar forms, from early versions of garbage collection.
pub(super) fn old_subtype(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let (open, word) = match cx.kind() {
        TokenKind::Word if cx.near_kind(-1) == Some(TokenKind::Open) => (cx.enclosing()?, cx.token()),
        TokenKind::Open => (cx.at, cx.near(1)?),
        _ => return None,
    };
    let text = cx.text(word);
    if text == "extends" {
        return extends(cx, open);
    }
    let comp = text.strip_suffix("_subtype").filter(|comp| matches!(*comp, "struct" | "array" | "func"))?;
    let group = cx.group(open);
    let close = cx.close_of(open);
    let parts = cx.parts(open, close);
    let last = cx.tokens[*parts.last()?];
    let inner_start = word.span().end;
    let has_super = matches!(last.kind, TokenKind::Id | TokenKind::Nat);
    let is_root = matches!(last.kind, TokenKind::Word | TokenKind::Func) && parts.len() > 1;
    let inner_end = if has_super || is_root { last.start } else { cx.tokens[close].start };
    let inner = cx.slice(Span::new(inner_start, inner_end)).trim();
    let body = if inner.is_empty() { format!("({comp})") } else { format!("({comp} {inner})") };
    let meant = if has_super { format!("(sub {} {body})", cx.text(last)) } else { format!("(sub {body})") };
    let message = format!("`{text}` was removed: a type declares its supertype in `sub`");
    let fault = cx.error(Code::Renamed, word.span(), message);
    Some(fault.with_fix(format!("write `{}`", one_line(&meant)), vec![edit(group, meant)]))
}

/// `(extends $super) (struct ...)`
fn extends(cx: &ErrorContext<'_>, open: usize) -> Option<Recoverable> {
    let word = cx.tokens.get(open + 1)?;
    let name =
        cx.tokens.get(open + 2).filter(|token| matches!(token.kind, TokenKind::Id | TokenKind::Nat))?;
    let group = cx.group(open);
    let next = cx.close_of(open) + 1;
    cx.tokens.get(next).filter(|token| token.kind.is_open())?;
    let ty = cx.group(next);
    let message = "`extends` was removed: a type declares its supertype in `sub`";
    let fault = cx.error(Code::Renamed, word.span(), message);
    let opening = edit(group, format!("(sub {}", cx.text(*name)));
    Some(fault.with_fix("write `(sub ...)` around the type", vec![opening, edit(ty.after(), ")")]))
}

/// A form with a misspelt keyword: `(fiedl i32)`.
pub(super) fn misspelt(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let word = cx.near(1).filter(|_| cx.kind() == TokenKind::Open)?;
    let text = cx.text(word);
    let open = cx.enclosing()?;
    let may_begin = |meant: &&str| begins_in(cx.head(open), meant);
    let meant = alias(text).filter(may_begin).or_else(|| nearest_word(text, words().filter(may_begin)))?;
    let message = format!("unexpected `({text}`; did you mean `({meant}`?");
    let fault = cx.error(Code::UnexpectedToken, word.span(), message);
    Some(fault.with_guess(format!("write `{meant}`"), vec![edit(word.span(), meant)]))
}

/// An unknown word where the grammar does not expect an instruction.
pub(super) fn unknown(cx: &ErrorContext<'_>) -> Option<Recoverable> {
    let token = cx.token();
    if token.kind != TokenKind::Word {
        return None;
    }
    let (word, span) = (cx.word(), token.span());
    let expected = cx.expected.list();
    let of_alias = alias(word).filter(|meant| cx.accepts(meant));
    let follows_open = cx.near_kind(-1) == Some(TokenKind::Open);
    let is_type_expected = !follows_open
        && (cx.expected.has("num_type")
            || matches!(
                cx.within(),
                Some(
                    TokenKind::ParenParam
                        | TokenKind::ParenResult
                        | TokenKind::ParenLocal
                        | TokenKind::ParenField
                        | TokenKind::ParenMut
                )
            ));
    let meant = of_alias
        .or_else(|| nearest_word(word, words().filter(|candidate| cx.accepts(candidate))))
        .or_else(|| field_meant(word).filter(|_| follows_open && cx.at == 1))
        .or_else(|| nearest_word(word, words()).filter(|_| expected.is_none()));
    let found = match expected {
        Some(list) => format!("expected {list}, found `{word}`"),
        None => format!("unexpected `{word}`"),
    };
    Some(match meant {
        Some(meant) => {
            let fault = cx.error(Code::UnexpectedToken, span, format!("{found}; did you mean `{meant}`?"));
            let mut fault = fault.with_guess(format!("write `{meant}`"), vec![edit(span, meant)]);
            if of_alias.is_none() && is_type_expected {
                // The type is unknown.
                fault.edits = vec![edit(span, UNKNOWN_TYPE)];
            }
            fault
        }
        None if op(word).is_some() => return None,
        None => {
            let fault = cx.error(Code::UnexpectedToken, span, found);
            match follows_open {
                true => {
                    let group = cx.group(cx.at - 1);
                    fault.read_as(group, "")
                }
                false if is_type_expected => fault.read_as(span, UNKNOWN_TYPE),
                false => fault.read_as(span, ""),
            }
        }
    })
}
