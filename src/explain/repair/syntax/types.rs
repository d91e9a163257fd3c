//! Mistakes in types.

use super::context::Around;
use super::fields::field_meant;
use crate::diagnostic::{Code, Fault, edit};
use crate::explain::renamed::{Successor, successor};
use crate::explain::similar::alias;
use crate::explain::spelling::nearest_word;
use crate::lex::{TokenKind, op, words};
use crate::span::Span;

/// A word for a type that has another name now.
pub(crate) fn renamed(around: &Around<'_>) -> Option<Fault> {
    if around.kind() != TokenKind::Word || around.expected.instruction {
        return None;
    }
    let (word, span) = (around.word(), around.token().span());
    match successor(word)? {
        Successor::Renamed(now) => {
            let message = format!("the word `{word}` is now called `{now}`");
            let fault = around.error(Code::Renamed, span, message);
            Some(fault.mended(format!("write `{now}`"), vec![edit(span, now)]))
        }
        Successor::Replaced(..) | Successor::Rewritten(..) | Successor::Changed(..) => None,
    }
}

/// A type of which nothing is known, and nothing is complained of.
pub(crate) const UNKNOWN_TYPE: &str = "(ref $\"?\")";

pub(crate) fn is_type(kind: TokenKind) -> bool {
    matches!(
        kind,
        TokenKind::I32
            | TokenKind::I64
            | TokenKind::NumType
            | TokenKind::V128
            | TokenKind::PackedType
            | TokenKind::RefType
            | TokenKind::ParenRef
    )
}

/// `block i32`, `block $l $type`.
pub(crate) fn block_type(around: &Around<'_>) -> Option<Fault> {
    let before = around.near(-1)?;
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
    let is_labelled = before.kind == TokenKind::Id && around.near_kind(-2).is_some_and(is_block);
    if !is_block(before.kind) && !is_labelled {
        return None;
    }
    let span = around.group(around.at);
    let text = around.slice(span);
    let (what, meant) = match around.kind() {
        kind if is_type(kind) => ("result", format!("(result {text})")),
        TokenKind::Id | TokenKind::Nat => ("type", format!("(type {text})")),
        _ => return None,
    };
    let message = format!("expected `{meant}`, found `{text}`: so the {what} is written");
    // A number may be anything.
    let is_number = around.kind() == TokenKind::Nat;
    let edits = vec![edit(span, meant.clone())];
    Some(around.unexpected(message).guessed_if(is_number, format!("write `{meant}`"), edits))
}

/// `mut i32` without parentheses.
pub(crate) fn mutable(around: &Around<'_>) -> Option<Fault> {
    if around.kind() != TokenKind::Mut {
        return None;
    }
    if !around.near_kind(1).is_some_and(is_type)
        && let Some(before) = around.near(-1).filter(|before| is_type(before.kind))
    {
        let span = before.span().to(around.token().span());
        let meant = format!("mut {}", around.text(before));
        let is_alone = around.near_kind(-2) != Some(TokenKind::Open);
        let meant = if is_alone { format!("({meant})") } else { meant };
        let message =
            format!("`mut` stands before the type, in parentheses: `(mut {})`", around.text(before));
        return Some(around.unexpected(message).mended("swap them", vec![edit(span, meant)]));
    }
    let ty = around.group(around.at + 1);
    let span = around.token().span().to(ty);
    let meant = format!("({})", around.slice(span));
    let message = format!("`mut` needs parentheses: `{meant}`");
    Some(around.unexpected(message).mended(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `(sub $super final ...)`
pub(crate) fn late_final(around: &Around<'_>) -> Option<Fault> {
    let before = around.near(-1)?;
    if around.kind() != TokenKind::Final || !matches!(before.kind, TokenKind::Id | TokenKind::Nat) {
        return None;
    }
    let span = before.span().to(around.token().span());
    let meant = format!("final {}", around.text(before));
    let message = format!("`final` stands before the supertype: `(sub {meant} ...)`");
    Some(around.unexpected(message).mended("swap them", vec![edit(span, meant)]))
}

/// `ref $node` without parentheses, `(ref $node null)`.
pub(crate) fn reference(around: &Around<'_>) -> Option<Fault> {
    let before = around.near(-1)?;
    let is_heap_type = before.kind != TokenKind::Null;
    if around.kind() == TokenKind::Null && is_heap_type && around.within() == Some(TokenKind::ParenRef) {
        let span = before.span().to(around.token().span());
        let meant = format!("null {}", around.text(before));
        let message = format!("`null` stands before the heap type: `(ref {meant})`");
        return Some(around.unexpected(message).mended("swap them", vec![edit(span, meant)]));
    }
    if around.word() != "ref" {
        return None;
    }
    let mut last = around.near(1)?;
    if last.kind == TokenKind::Null {
        last = around.near(2)?;
    }
    if !matches!(last.kind, TokenKind::Id | TokenKind::Nat | TokenKind::Func | TokenKind::AbsHeapType) {
        return None;
    }
    let span = around.token().span().to(last.span());
    let meant = format!("({})", around.slice(span));
    let message = format!("`ref` needs parentheses: `{meant}`");
    Some(around.unexpected(message).mended(format!("write `{meant}`"), vec![edit(span, meant)]))
}

/// `(param i32 $x)`, `(param $x)`, `(struct i32)`.
pub(crate) fn declaration(around: &Around<'_>) -> Option<Fault> {
    let open = around.enclosing()?;
    let before = around.near(-1)?;
    let within = around.head(open);
    let what = match within {
        TokenKind::ParenParam => "param",
        TokenKind::ParenLocal => "local",
        TokenKind::ParenResult => "result",
        TokenKind::ParenField => "field",
        // `(type $t (param i32))`
        TokenKind::ParenType if matches!(around.kind(), TokenKind::ParenParam | TokenKind::ParenResult) => {
            let close = around.close_of(open);
            let rest = around.group(around.at).to(around.tokens[close - 1].span());
            let message =
                "expected the kind of the type, as in `(func ...)`, found its parameters or results";
            let edits = vec![edit(rest.before(), "(func "), edit(rest.behind(), ")")];
            return Some(around.unexpected(message).mended("put `func` around them", edits));
        }
        // `(struct $x f64 $y f64)`
        TokenKind::ParenStruct
            if around.kind() == TokenKind::Id && around.near_kind(1).is_some_and(is_type) =>
        {
            let mut edits = Vec::new();
            let mut index = around.at;
            while around.tokens.get(index).is_some_and(|token| token.kind == TokenKind::Id)
                && around.tokens.get(index + 1).is_some_and(|token| is_type(token.kind))
            {
                let span = around.tokens[index].span().to(around.group(index + 1));
                edits.push(edit(span, format!("(field {})", around.slice(span))));
                index = around.close_or(index + 1) + 1;
            }
            let meant = edits[0].replacement.clone();
            let message = format!("expected a field, as in `{meant}`, found `{}`", around.word());
            return Some(around.unexpected(message).mended("put `field` around it", edits));
        }
        TokenKind::ParenStruct if is_type(around.kind()) || around.kind() == TokenKind::ParenMut => {
            let span = around.group(around.at);
            let meant = format!("(field {})", around.slice(span));
            let message = format!("expected a field, as in `{meant}`, found `{}`", around.slice(span));
            // All types in a row are fields.
            let mut edits = vec![edit(span, meant)];
            let mut next = around.close_or(around.at) + 1;
            while around
                .tokens
                .get(next)
                .is_some_and(|token| is_type(token.kind) || token.kind == TokenKind::ParenMut)
            {
                let span = around.group(next);
                edits.push(edit(span, format!("(field {})", around.slice(span))));
                next = around.close_or(next) + 1;
            }
            return Some(around.unexpected(message).mended("put `field` around it", edits));
        }
        _ => return None,
    };
    match around.kind() {
        TokenKind::Id if what == "result" => {
            let (name, span) = (around.word(), around.token().span());
            let message = format!("a result has no name, found `{name}`");
            Some(around.unexpected(message).mended("take it away", vec![edit(around.with_space(span), "")]))
        }
        // `(local $t i32 $u i32)`
        TokenKind::Id
            if (is_type(before.kind) || before.kind == TokenKind::Close)
                && around.near_kind(1).is_some_and(is_type) =>
        {
            let message = format!(
                "each `{what}` with a name stands for itself, found a second name, `{}`",
                around.word()
            );
            let span = around.token().span();
            let edits = vec![edit(around.with_space(span), format!(") ({what} {}", around.word()))];
            Some(around.unexpected(message).guessed("begin another one", edits))
        }
        kind if what == "local" && kind.is_open() && !is_type(kind) => {
            let group = around.group(around.at);
            let message = "a `local` has no initial value: it is zero, or set by `local.set`";
            Some(around.unexpected(message).read_as(around.with_space(group), ""))
        }
        TokenKind::Id if is_type(before.kind) || before.kind == TokenKind::Close => {
            let ty = around.group(around.parts(open, around.at).last().copied()?);
            if around.parts(open, around.at).len() > 1 {
                return None;
            }
            let (name, ty_text) = (around.word(), around.slice(ty));
            let swapped = format!("{name} {ty_text}");
            let span = ty.to(around.token().span());
            let message = format!("the name `{name}` stands before the type: `({what} {swapped})`");
            Some(around.unexpected(message).mended("swap them", vec![edit(span, swapped)]))
        }
        TokenKind::PackedType if matches!(what, "param" | "result" | "local") => {
            let (word, span) = (around.word(), around.token().span());
            let message =
                format!("`{word}` is a packed type, which only fields and arrays have; a {what} is `i32`");
            Some(around.unexpected(message).guessed("write `i32`", vec![edit(span, "i32")]))
        }
        TokenKind::Close if before.kind == TokenKind::Id => {
            let name = around.text(before);
            let message = format!("expected the type of the {what} `{name}`, found `)`");
            let place = before.span().behind();
            // What type it has is not known, and not complained of.
            let fault = around.unexpected(message).read_as(place, format!(" {UNKNOWN_TYPE}"));
            let note = format!("as in `({what} {name} i32)`");
            Some(Fault { diagnostic: fault.diagnostic.with_note(note), ..fault })
        }
        TokenKind::Id if before.kind == TokenKind::Id && what != "result" => {
            let (first, second) = (around.text(before), around.word());
            let message = format!("expected the type of the {what} `{first}`, found `{second}`");
            let fault = around.unexpected(message);
            if around.near(1).is_some_and(|next| is_type(next.kind)) {
                // One type for two names.
                let ty = around.slice(around.group(around.at + 1));
                let place = before.span().behind();
                let message = format!("each {what} with a name stands for itself");
                return Some(fault.guessed(message, vec![edit(place, format!(" {ty}) ({what}"))]));
            }
            let meant = format!("(ref null {second})");
            Some(
                fault
                    .guessed("for a reference to that type, write", vec![edit(around.token().span(), meant)]),
            )
        }
        kind if is_type(kind) && what != "result" && before.kind != TokenKind::Id => {
            let parts = around.parts(open, around.at);
            let &first = parts.first().filter(|&&first| around.tokens[first].kind == TokenKind::Id)?;
            let name = around.text(around.tokens[first]);
            let message = format!("a `{what}` with a name, `{name}`, has one type");
            let place = around.token().span().before();
            let fault = around.unexpected(message);
            Some(
                fault.guessed(
                    "begin another one",
                    vec![edit(around.with_space(place), format!(") ({what} "))],
                ),
            )
        }
        _ => None,
    }
}

/// `ref.null (ref $t)`: a heap type has no parentheses.
pub(crate) fn heap_type_in_parentheses(around: &Around<'_>) -> Option<Fault> {
    if around.kind() != TokenKind::ParenRef || around.near_kind(-1) != Some(TokenKind::OpHeapType) {
        return None;
    }
    let close = around.close_of(around.at);
    let last = around.tokens.get(close.checked_sub(1)?)?;
    let group = around.group(around.at);
    let meant = around.text(*last);
    let message =
        format!("expected a heap type, `{meant}`, found the reference type `{}`", around.slice(group));
    let fault = around.error(Code::UnexpectedToken, group, message);
    Some(fault.mended(format!("write `{meant}`"), vec![edit(group, meant)]))
}

/// `(struct_subtype ... $super)` and its like, of before garbage collection was standard.
pub(crate) fn subtype_of_before(around: &Around<'_>) -> Option<Fault> {
    let (open, word) = match around.kind() {
        TokenKind::Word if around.near_kind(-1) == Some(TokenKind::Open) => {
            (around.enclosing()?, around.token())
        }
        TokenKind::Open => (around.at, around.near(1)?),
        _ => return None,
    };
    let text = around.text(word);
    if text == "extends" {
        return extends(around, open);
    }
    let comp = text.strip_suffix("_subtype").filter(|comp| matches!(*comp, "struct" | "array" | "func"))?;
    let group = around.group(open);
    let close = around.close_of(open);
    let parts = around.parts(open, close);
    let last = around.tokens[*parts.last()?];
    let inner_start = word.span().end;
    let has_super = matches!(last.kind, TokenKind::Id | TokenKind::Nat);
    let is_root = matches!(last.kind, TokenKind::Word | TokenKind::Func) && parts.len() > 1;
    let inner_end = if has_super || is_root { last.start } else { around.tokens[close].start };
    let inner = around.slice(Span::new(inner_start, inner_end)).trim();
    let body = if inner.is_empty() { format!("({comp})") } else { format!("({comp} {inner})") };
    let meant =
        if has_super { format!("(sub {} {body})", around.text(last)) } else { format!("(sub {body})") };
    let message = format!("`{text}` is gone: a type names what it is a subtype of in `sub`");
    let fault = around.error(Code::Renamed, word.span(), message);
    Some(fault.mended(
        format!("write `{}`", crate::explain::repair::syntax::one_line(&meant)),
        vec![edit(group, meant)],
    ))
}

/// `(extends $super) (struct ...)`
fn extends(around: &Around<'_>, open: usize) -> Option<Fault> {
    let word = around.tokens.get(open + 1)?;
    let name =
        around.tokens.get(open + 2).filter(|token| matches!(token.kind, TokenKind::Id | TokenKind::Nat))?;
    let group = around.group(open);
    let next = around.close_of(open) + 1;
    around.tokens.get(next).filter(|token| token.kind.is_open())?;
    let ty = around.group(next);
    let message = "`extends` is gone: a type names what it is a subtype of in `sub`";
    let fault = around.error(Code::Renamed, word.span(), message);
    let opening = edit(group, format!("(sub {}", around.text(*name)));
    Some(fault.mended("write `sub` around the type", vec![opening, edit(ty.behind(), ")")]))
}

/// A form in another one whose first word is misspelt: `(fiedl i32)`.
pub(crate) fn misspelt(around: &Around<'_>) -> Option<Fault> {
    let word = around.near(1).filter(|_| around.kind() == TokenKind::Open)?;
    let text = around.text(word);
    let open = around.enclosing()?;
    let may_begin = |meant: &&str| begins_in(around.head(open), meant);
    let meant = alias(text).filter(may_begin).or_else(|| nearest_word(text, words().filter(may_begin)))?;
    let message = format!("unexpected `({text}`; did you mean `({meant}`?");
    let fault = around.error(Code::UnexpectedToken, word.span(), message);
    Some(fault.guessed(format!("write `{meant}`"), vec![edit(word.span(), meant)]))
}

/// A word that is none, where no instruction is expected.
pub(crate) fn unknown(around: &Around<'_>) -> Option<Fault> {
    let token = around.token();
    if token.kind != TokenKind::Word {
        return None;
    }
    let (word, span) = (around.word(), token.span());
    let expected = around.expected.list();
    let of_before = alias(word).filter(|meant| around.accepts(meant));
    let is_behind_open = around.near_kind(-1) == Some(TokenKind::Open);
    let is_type_expected = !is_behind_open
        && (around.expected.has("num_type")
            || matches!(
                around.within(),
                Some(
                    TokenKind::ParenParam
                        | TokenKind::ParenResult
                        | TokenKind::ParenLocal
                        | TokenKind::ParenField
                        | TokenKind::ParenMut
                )
            ));
    let meant = of_before
        .or_else(|| nearest_word(word, words().filter(|candidate| around.accepts(candidate))))
        .or_else(|| field_meant(word).filter(|_| is_behind_open && around.at == 1))
        .or_else(|| nearest_word(word, words()).filter(|_| expected.is_none()));
    let found = match expected {
        Some(list) => format!("expected {list}, found `{word}`"),
        None => format!("unexpected `{word}`"),
    };
    Some(match meant {
        Some(meant) => {
            let fault =
                around.error(Code::UnexpectedToken, span, format!("{found}; did you mean `{meant}`?"));
            let mut fault = fault.guessed(format!("write `{meant}`"), vec![edit(span, meant)]);
            if of_before.is_none() && is_type_expected {
                // What type it is is not known.
                fault.changes = vec![edit(span, UNKNOWN_TYPE)];
            }
            fault
        }
        None if op(word).is_some() => return None,
        None => {
            let fault = around.error(Code::UnexpectedToken, span, found);
            match is_behind_open {
                true => {
                    let group = around.group(around.at - 1);
                    fault.read_as(group, "")
                }
                false if is_type_expected => fault.read_as(span, UNKNOWN_TYPE),
                false => fault.read_as(span, ""),
            }
        }
    })
}

impl Around<'_> {
    /// Whether a word could have stood at the token, alone or behind its parenthesis.
    pub(crate) fn accepts(&self, word: &str) -> bool {
        let class = match word {
            "i32" | "i64" | "v128" => word,
            "f32" | "f64" => "num_type",
            "i8" | "i16" => "packed_type",
            word if word.ends_with("ref") => "ref_type",
            word => word,
        };
        match self.near_kind(-1) {
            Some(TokenKind::Open) => self.expected.terminals.is_empty() || self.may_begin(word),
            _ => self.expected.has(class),
        }
    }

    /// Whether a form in the innermost one that is sound could begin with a word.
    fn may_begin(&self, word: &str) -> bool {
        self.outer().is_some_and(|outer| begins_in(self.head(outer), word))
    }

    /// The index of the last token of what begins at an index.
    pub(crate) fn close_or(&self, at: usize) -> usize {
        match self.tokens.get(at) {
            Some(token) if token.kind.is_open() => self.close_of(at),
            _ => at,
        }
    }
}

/// Whether a form with this word can stand in one with that head, as far as it is no instruction.
fn begins_in(head: TokenKind, word: &str) -> bool {
    match head {
        TokenKind::ParenFunc => matches!(word, "param" | "result" | "local" | "export" | "import" | "type"),
        TokenKind::ParenType | TokenKind::ParenSub => {
            matches!(word, "func" | "struct" | "array" | "sub" | "cont")
        }
        TokenKind::ParenStruct => word == "field",
        TokenKind::ParenField | TokenKind::ParenGlobal => matches!(word, "mut" | "ref" | "export" | "import"),
        TokenKind::ParenParam | TokenKind::ParenResult | TokenKind::ParenLocal | TokenKind::ParenMut => {
            word == "ref"
        }
        TokenKind::OpIf => matches!(word, "then" | "else" | "param" | "result" | "type"),
        TokenKind::OpBlock => matches!(word, "param" | "result" | "type"),
        TokenKind::OpTry => {
            matches!(word, "do" | "catch" | "catch_all" | "delegate" | "param" | "result" | "type")
        }
        TokenKind::OpTryTable => {
            matches!(
                word,
                "catch" | "catch_ref" | "catch_all" | "catch_all_ref" | "param" | "result" | "type"
            )
        }
        TokenKind::OpCallIndirect => matches!(word, "param" | "result" | "type"),
        TokenKind::ParenExport | TokenKind::ParenImport => {
            matches!(word, "func" | "table" | "memory" | "global" | "tag")
        }
        TokenKind::ParenTable | TokenKind::ParenMemory => {
            matches!(word, "export" | "import" | "elem" | "data")
        }
        TokenKind::ParenElem => matches!(word, "offset" | "item" | "table"),
        TokenKind::ParenData => matches!(word, "offset" | "memory"),
        TokenKind::ParenRec => word == "type",
        TokenKind::ParenArray => matches!(word, "mut" | "ref"),
        _ => false,
    }
}
