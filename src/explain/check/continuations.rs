//! Type errors of stack switching: handlers and continuations that do not match.

use super::context::{Context, Site};
use super::locate;
use super::operands;
use super::verdict::{Rule, Verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::lex::TokenKind;
use crate::resolve::IndexSpace;
use crate::span::Span;
use wasmparser::{
    CompositeInnerType, FuncType, Handle, Operator, UnpackedIndex, ValType, ValidatorResources,
    WasmModuleResources,
};

/// Explains a type error in the immediates of an instruction of stack switching.
pub(super) fn explain(context: &Context<'_>, site: &Site<'_>, verdict: &Verdict) -> Option<Diagnostic> {
    match site.operator {
        Operator::Resume { cont_type_index, resume_table }
        | Operator::ResumeThrow { cont_type_index, resume_table, .. }
        | Operator::ResumeThrowRef { cont_type_index, resume_table } => {
            let resumed = continuation(context, *cont_type_index)?;
            let mut handlers = resume_table.handlers.iter().enumerate();
            handlers.find_map(|(n, handler)| handler_fault(context, site, n, *handler, &resumed))
        }
        Operator::ContBind { argument_index, result_index }
            if matches!(verdict, Verdict::Rule(Rule::ContinuationArguments | Rule::ContinuationTypes)) =>
        {
            let declared = context.declared;
            let (from, to) = (continuation(context, *argument_index)?, continuation(context, *result_index)?);
            let text = format!(
                "type mismatch in `cont.bind`: the continuation can only lose its first parameters: {} is {}, and {} is {}",
                declared.type_name(*argument_index),
                signature(context, from.params(), from.results()),
                declared.type_name(*result_index),
                signature(context, to.params(), to.results()),
            );
            let diagnostic = Diagnostic::error(Code::TypeMismatch, context.spans.instr(site.at), text);
            let diagnostic = declared.with_declaration(diagnostic, IndexSpace::Type, *argument_index);
            Some(declared.with_declaration(diagnostic, IndexSpace::Type, *result_index))
        }
        Operator::Switch { cont_type_index, tag_index } => {
            switch(context, site, *cont_type_index, *tag_index, verdict)
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

/// The function type of a continuation, or `None` if the type is not a reference to one.
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

fn fits(resources: &ValidatorResources, actual: &[ValType], expected_types: &[ValType]) -> bool {
    actual.len() == expected_types.len()
        && actual
            .iter()
            .zip(expected_types)
            .all(|(actual, expected_types)| resources.is_subtype(*actual, *expected_types))
}

fn signature(context: &Context<'_>, params: &[ValType], results: &[ValType]) -> String {
    let list = |types: &[ValType]| context.list(types.iter().copied().map(Some));
    format!("{} -> {}", list(params), list(results))
}

/// Explains the error in the `n`th handler of an instruction that resumes a continuation.
fn handler_fault(
    context: &Context<'_>,
    site: &Site<'_>,
    n: usize,
    handler: Handle,
    resumed: &FuncType,
) -> Option<Diagnostic> {
    let resources = site.validator.resources();
    let place = handler_span(context, site.at, n).unwrap_or(context.spans.instr(site.at));
    let name = match context.spans.source[place.range()].split_whitespace().collect::<Vec<_>>().join(" ") {
        text if text.starts_with('(') => format!("`{text}`"),
        _ => "the handler".to_owned(),
    };
    let list = |types: &[ValType]| context.list(types.iter().copied().map(Some));
    let (tag, text) = match handler {
        Handle::OnLabel { tag, label } => {
            let of_tag = resources.tag_at(tag)?;
            let label = operands::label(site.validator, label)?;
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
                    "type mismatch in {name}: the label must take the parameters of the tag: expected the values {}, found {}",
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
                "type mismatch in {name}: the continuation that the label takes must match the results of the tag: expected {}, found {}",
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
    context.declared.with_declaration(
        Diagnostic::error(Code::TypeMismatch, place, text),
        IndexSpace::Tag,
        tag,
    )
}

/// The span of the `n`th handler of an instruction.
fn handler_span(context: &Context<'_>, at: u64, n: usize) -> Option<Span> {
    let source = context.spans.source;
    let mut from = context.spans.instr(at).end;
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

/// Explains the error in the type or the tag of a `switch`.
fn switch(
    context: &Context<'_>,
    site: &Site<'_>,
    ty: u32,
    tag: u32,
    verdict: &Verdict,
) -> Option<Diagnostic> {
    let declared = context.declared;
    let resources = site.validator.resources();
    let target = continuation(context, ty)?;
    let of_tag = resources.tag_at(tag)?;
    let own = context.spans.instr(site.at);
    let (name, tag_name) = (declared.type_name(ty), declared.name_of(IndexSpace::Tag, tag));
    let error = |text: String| Diagnostic::error(Code::TypeMismatch, own, text);
    if *verdict == Verdict::Rule(Rule::TagWithParams) {
        let found = context.list(of_tag.params().iter().copied().map(Some));
        let text =
            format!("the tag {tag_name} of a `switch` must have no parameters: expected [], found {found}");
        return Some(declared.with_declaration(error(text), IndexSpace::Tag, tag));
    }
    let back = target.params().last().and_then(|last| continuation_in(resources, *last));
    let Some(back) = back else {
        let found = context.list(target.params().iter().copied().map(Some));
        let text = format!(
            "the last parameter of the continuation {name} must be the continuation that is switched from: found the parameters {found}"
        );
        return Some(declared.with_declaration(error(text), IndexSpace::Type, ty));
    };
    if *verdict != Verdict::Rule(Rule::ContinuationTypes) {
        return None;
    }
    let list = |types: &[ValType]| context.list(types.iter().copied().map(Some));
    let text = format!(
        "type mismatch in `switch`: the tag {tag_name} and both continuations must have the same results: found {}, {} and {}",
        list(of_tag.results()),
        list(target.results()),
        list(back.results())
    );
    let diagnostic = declared.with_declaration(error(text), IndexSpace::Tag, tag);
    Some(declared.with_declaration(diagnostic, IndexSpace::Type, ty))
}
