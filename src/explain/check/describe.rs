//! Instructions, blocks, stacks and verdicts as messages show them.

use super::context::{Context, Site};
use super::verdict::{Verdict, with_type_names};
use super::words;
use wasmparser::{CompositeInnerType, FrameKind, WasmModuleResources};

/// The name of an instruction in messages: as the source has it if that is short.
pub(super) fn name(context: &Context<'_>, site: &Site<'_>) -> String {
    let text = &context.spans.source[context.spans.with_immediates(site.at).range()];
    match site.op {
        Some(_) if text.len() <= MOST_SHOWN && !text.contains(['\n', ';']) => format!("`{text}`"),
        Some(op) => format!("`{}`", op.mnemonic()),
        None => "this".to_owned(),
    }
}

/// The maximum length of an instruction in messages, in bytes.
pub(super) const MOST_SHOWN: usize = 60;

pub(super) fn shown_stack(context: &Context<'_>, site: &Site<'_>) -> String {
    let stack = site.stack();
    let shown: Vec<String> = stack
        .iter()
        .enumerate()
        .skip(stack.len().saturating_sub(SHOWN))
        .map(|(at, t)| {
            t.map_or_else(
                || "any".to_owned(),
                |t| context.actual_type(t, site.producer(stack.len() - 1 - at)),
            )
        })
        .collect();
    let shown = format!("[{}]", shown.join(" "));
    if stack.len() > SHOWN { shown.replacen('[', "[... ", 1) } else { shown }
}

/// The maximum number of operands in messages.
pub(super) const SHOWN: usize = 12;

/// The name of the current block in messages.
pub(super) fn block_name<'a>(site: &Site<'_>, context: &Context<'a>) -> &'a str {
    if let Some(what) = context.body.constant_of
        && site.validator.control_stack_height() <= 1
    {
        return what;
    }
    if site.validator.control_stack_height() <= 1 {
        return "function";
    }
    match site.validator.get_control_frame(0).map(|frame| frame.kind) {
        Some(FrameKind::If) => "`then` branch of the `if`",
        Some(FrameKind::Else) => "`else` branch of the `if`",
        Some(FrameKind::Loop) => "`loop`",
        Some(FrameKind::TryTable) => "`try_table`",
        Some(FrameKind::LegacyTry | FrameKind::LegacyCatch | FrameKind::LegacyCatchAll) => "`try`",
        _ => "block",
    }
}

/// The type of the operand at a depth, as its producer names it.
pub(super) fn type_at_depth(context: &Context<'_>, site: &Site<'_>, depth: usize) -> String {
    let t = site.operand(depth);
    t.map_or_else(|| "any".to_owned(), |t| context.actual_type(t, site.producer(depth)))
}

/// `[i32 i64] -> [f32]`
pub(super) fn signature(context: &Context<'_>, ty: u32) -> Option<String> {
    match &context.checker.resources.sub_type_at(ty)?.composite_type.inner {
        CompositeInnerType::Func(func) => Some(format!(
            "{} -> {}",
            context.list(func.params().iter().copied().map(Some)),
            context.list(func.results().iter().copied().map(Some)),
        )),
        _ => None,
    }
}

/// Replaces the types in a verdict by the names that the source gives them.
pub(super) fn in_names(context: &Context<'_>, text: &str) -> String {
    with_type_names(text, |written| match context.checker.index_by_text(written) {
        Some(number) => context.declared.type_name(number),
        None => "another type".to_owned(),
    })
}

/// The type that a verdict expects, where the instruction allows several.
pub(super) fn expected_type(context: &Context<'_>, text: &str) -> String {
    if text == "ref" { "a reference".to_owned() } else { in_names(context, text) }
}

/// The words for a verdict that no rule explains, with the instruction that it is about.
pub(super) fn in_words_of(context: &Context<'_>, site: &Site<'_>, verdict: &Verdict) -> String {
    let (name, text) = (name(context, site), words::of(verdict, &|text| in_names(context, text)));
    match verdict.is_type_mismatch() {
        _ if text.contains(name.trim_matches('`')) => words::with_prefix(verdict, &text),
        true => format!("type mismatch in {name}: {text}"),
        false => format!("{text}, in {name}"),
    }
}
