//! Type errors of stack switching: handlers and continuations that do not fit each other.

use super::body::{Context, Point};
use super::locate;
use super::operands;
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::TokenKind;
use crate::resolve::Space;
use crate::span::Span;
use wasmparser::{
    CompositeInnerType, FuncType, Handle, Operator, UnpackedIndex, ValType, ValidatorResources,
    WasmModuleResources,
};

/// Explains a type error in the immediates of an instruction of stack switching.
pub(crate) fn explain(context: &Context<'_>, point: &Point<'_>, message: &str) -> Option<Diagnostic> {
    match point.operator {
        Operator::Resume { cont_type_index, resume_table }
        | Operator::ResumeThrow { cont_type_index, resume_table, .. }
        | Operator::ResumeThrowRef { cont_type_index, resume_table } => {
            let resumed = continuation(context, *cont_type_index)?;
            let mut handlers = resume_table.handlers.iter().enumerate();
            handlers.find_map(|(n, handler)| handler_fault(context, point, n, *handler, &resumed))
        }
        Operator::ContBind { argument_index, result_index } if message.contains("in continuation") => {
            let declared = context.declared;
            let (from, to) = (continuation(context, *argument_index)?, continuation(context, *result_index)?);
            let text = format!(
                "type mismatch in `cont.bind`: the continuation can only lose its first parameters: {} is {}, and {} is {}",
                declared.type_name(*argument_index),
                signature(context, from.params(), from.results()),
                declared.type_name(*result_index),
                signature(context, to.params(), to.results()),
            );
            let diagnostic = Diagnostic::error(Code::TypeMismatch, context.places.instr(point.at), text);
            let diagnostic = declared.with_declaration(diagnostic, Space::Type, *argument_index);
            Some(declared.with_declaration(diagnostic, Space::Type, *result_index))
        }
        Operator::Switch { cont_type_index, tag_index } => {
            switch(context, point, *cont_type_index, *tag_index, message)
        }
        _ => None,
    }
}

/// The function type of a continuation type of the module.
fn continuation(context: &Context<'_>, index: u32) -> Option<FuncType> {
    let resources = &context.checker.resources;
    match &resources.sub_type_at(index)?.composite_type.inner {
        CompositeInnerType::Cont(cont) => func_type(resources, cont.0.unpack()),
        _ => None,
    }
}

/// The function type of the continuation that a value is, if it is a reference to one.
fn continuation_in(resources: &ValidatorResources, t: ValType) -> Option<FuncType> {
    let ValType::Ref(t) = t else { return None };
    let id = t.type_index()?.as_core_type_id()?;
    match &resources.sub_type_at_id(id).composite_type.inner {
        CompositeInnerType::Cont(cont) => func_type(resources, cont.0.unpack()),
        _ => None,
    }
}

fn func_type(resources: &ValidatorResources, index: UnpackedIndex) -> Option<FuncType> {
    match &resources.sub_type_at_id(index.as_core_type_id()?).composite_type.inner {
        CompositeInnerType::Func(func) => Some(func.clone()),
        _ => None,
    }
}

fn fits(resources: &ValidatorResources, given: &[ValType], wanted: &[ValType]) -> bool {
    given.len() == wanted.len()
        && given.iter().zip(wanted).all(|(given, wanted)| resources.is_subtype(*given, *wanted))
}

fn signature(context: &Context<'_>, params: &[ValType], results: &[ValType]) -> String {
    let list = |types: &[ValType]| context.list(types.iter().copied().map(Some));
    format!("{} -> {}", list(params), list(results))
}

/// What is wrong with the `n`th handler of an instruction that resumes a continuation.
fn handler_fault(
    context: &Context<'_>,
    point: &Point<'_>,
    n: usize,
    handler: Handle,
    resumed: &FuncType,
) -> Option<Diagnostic> {
    let resources = point.validator.resources();
    let place = handler_place(context, point.at, n).unwrap_or(context.places.instr(point.at));
    let name = match context.places.source[place.range()].split_whitespace().collect::<Vec<_>>().join(" ") {
        text if text.starts_with('(') => format!("`{text}`"),
        _ => "the handler".to_owned(),
    };
    let list = |types: &[ValType]| context.list(types.iter().copied().map(Some));
    let (tag, text) = match handler {
        Handle::OnLabel { tag, label } => {
            let of_tag = resources.tag_at(tag)?;
            let label = operands::label(point.validator, label)?;
            let last = label.last().copied();
            let next = last.and_then(|last| continuation_in(resources, last));
            let values = &label[..label.len().saturating_sub(1)];
            let Some(next) = next else {
                let text = format!(
                    "type mismatch in {name}: the label must take a continuation last: expected the values {} and a continuation, found {}",
                    list(of_tag.params()),
                    list(&label)
                );
                return Some(with_tag(context, place, tag, text));
            };
            if !fits(resources, of_tag.params(), values) {
                let text = format!(
                    "type mismatch in {name}: the label must take what the tag has as parameters: expected the values {}, found {}",
                    list(of_tag.params()),
                    list(values)
                );
                return Some(with_tag(context, place, tag, text));
            }
            let goes_on = fits(resources, next.params(), of_tag.results())
                && fits(resources, resumed.results(), next.results());
            if goes_on {
                return None;
            }
            let text = format!(
                "type mismatch in {name}: the continuation that the label takes must fit the results of the tag: expected {}, found {}",
                signature(context, of_tag.results(), resumed.results()),
                signature(context, next.params(), next.results())
            );
            (tag, text)
        }
        Handle::OnSwitch { tag } => {
            let of_tag = resources.tag_at(tag)?;
            let found = signature(context, of_tag.params(), of_tag.results());
            let expected = signature(context, &[], resumed.results());
            if found == expected {
                return None;
            }
            let text = format!(
                "type mismatch in {name}: the tag must have the results of the continuation: expected {expected}, found {found}"
            );
            (tag, text)
        }
    };
    Some(with_tag(context, place, tag, text))
}

fn with_tag(context: &Context<'_>, place: Span, tag: u32, text: String) -> Diagnostic {
    context.declared.with_declaration(Diagnostic::error(Code::TypeMismatch, place, text), Space::Tag, tag)
}

/// Where the `n`th handler of an instruction is.
fn handler_place(context: &Context<'_>, at: u64, n: usize) -> Option<Span> {
    let source = context.places.source;
    let mut from = context.places.instr(at).end;
    let mut left = n;
    loop {
        let token = locate::tokens(source, Span::new(from, context.body.form.end)).next()?;
        match token.kind {
            TokenKind::Id | TokenKind::Nat => from = token.span().end,
            TokenKind::ParenOn => {
                let handler = locate::closed(source, token.span());
                if left == 0 {
                    return Some(handler);
                }
                left -= 1;
                from = handler.end;
            }
            _ => return None,
        }
    }
}

/// What is wrong with the type or the tag of a `switch`.
fn switch(context: &Context<'_>, point: &Point<'_>, ty: u32, tag: u32, message: &str) -> Option<Diagnostic> {
    let declared = context.declared;
    let resources = point.validator.resources();
    let target = continuation(context, ty)?;
    let of_tag = resources.tag_at(tag)?;
    let own = context.places.instr(point.at);
    let (name, tag_name) = (declared.type_name(ty), declared.thing_name(Space::Tag, tag));
    let error = |text: String| Diagnostic::error(Code::TypeMismatch, own, text);
    if message.contains("non-empty tag") {
        let found = context.list(of_tag.params().iter().copied().map(Some));
        let text =
            format!("the tag {tag_name} of a `switch` must have no parameters: expected [], found {found}");
        return Some(declared.with_declaration(error(text), Space::Tag, tag));
    }
    let back = target.params().last().and_then(|last| continuation_in(resources, *last));
    let Some(back) = back else {
        let found = context.list(target.params().iter().copied().map(Some));
        let text = format!(
            "the last parameter of the continuation {name} must be a continuation, that which is switched from: found the parameters {found}"
        );
        return Some(declared.with_declaration(error(text), Space::Type, ty));
    };
    if !message.contains("in continuation types") {
        return None;
    }
    let list = |types: &[ValType]| context.list(types.iter().copied().map(Some));
    let text = format!(
        "type mismatch in `switch`: the tag {tag_name} and both continuations must have the same results: found {}, {} and {}",
        list(of_tag.results()),
        list(target.results()),
        list(back.results())
    );
    let diagnostic = declared.with_declaration(error(text), Space::Tag, tag);
    Some(declared.with_declaration(diagnostic, Space::Type, ty))
}
