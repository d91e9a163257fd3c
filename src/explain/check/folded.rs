//! Operands at the wrong place: parentheses that close too early or too late, operands after an instruction instead of
//! inside it, too many operands, and the condition of an `if` after it.

use super::context::{Context, Site};
use super::describe::name;
use super::folds::{Folds, is_associative, is_terminal, with_more_operands};
use super::infix;
use super::lacking;
use super::locate;
use super::operands::{self, Operand, expected_operands};
use super::recovery;
use super::shape::{GroupKind, Item, Place};
use super::verdict::Verdict;
use crate::diagnostic::{Applicability, Code, Diagnostic, counted, edit};
use crate::span::Span;
use wasmparser::{Operator, ValType, WasmModuleResources};

/// The maximum number of nested or neighbouring instructions that are examined for one error.
const NEAR: usize = 64;

/// Explains a type error by the parentheses of the instruction. Returns `None` if they are not the cause.
pub(super) fn explain(context: &Context<'_>, site: &Site<'_>, verdict: &Verdict) -> Option<Diagnostic> {
    // The arity of a cast to a label without values is unknown.
    let is_cast = matches!(
        site.operator,
        Operator::BrOnCast { .. } | Operator::BrOnCastFail { .. } | Operator::BrOnNonNull { .. }
    );
    if matches!(verdict, Verdict::Rule(_)) || is_cast {
        return None;
    }
    let folds = Folds::new(context, site);
    match site.operator {
        Operator::End | Operator::Else => match verdict {
            Verdict::ValuesRemaining => surplus_in_block(&folds),
            Verdict::MissingOperand { .. } => {
                local_set_at_end(&folds).or_else(|| lacking::drop_at_end(&folds))
            }
            _ => None,
        },
        _ => {
            let word = context.spans.instr(site.at).start;
            let place = folds.shape.place(word)?;
            match (place.group, site.operator) {
                (Some(group), _) => operands(&folds, place, group),
                (None, Operator::If { .. }) => condition_after_if(&folds, place),
                (None, _) => infix::operator_in_middle(&folds, place)
                    .or_else(|| infix::operator_last(&folds, place))
                    .or_else(|| local_set_before(&folds, verdict)),
            }
        }
    }
}

/// Compares the operands in the parentheses of an instruction with those that it takes.
fn operands(folds: &Folds<'_>, place: Place, group: usize) -> Option<Diagnostic> {
    if !folds.has_operands(group) {
        return None;
    }
    let (takes, own) = (folds.takes(group)?, folds.own(group)?);
    let expected = expected_operands(folds.site.operator, folds.site.op, folds.site.validator);
    if own < takes {
        let lacks = takes - own;
        if own == 0 && folds.site.own() >= takes && !folds.site.is_unreachable()
            || !fits(folds, expected.as_deref(), own)
        {
            return None;
        }
        let last: Vec<Operand> = match &expected {
            Some(expected) if expected.len() == takes => expected[own..].to_vec(),
            _ => Vec::new(),
        };
        let late = folds.shape.groups[group].items.iter().take(NEAR).find_map(|&item| {
            let Item::Group(id) = item else { return None };
            let surplus = folds.own(id)?.checked_sub(folds.takes(id)?)?;
            let place = folds.shape.place(folds.shape.groups[id].word)?;
            (folds.has_operands(id) && surplus == lacks)
                .then(|| closed_too_late(folds, place, id, surplus, &[]))?
        });
        return value_not_given(folds, group, lacks)
            .or(late)
            .or_else(|| closed_too_early(folds, place, group, lacks, &last))
            .or_else(|| condition_in_then(folds, group))
            .or_else(|| {
                let diagnostic = with_count(folds, group, missing(folds, group));
                if own > 0 {
                    folds.context.recovery.set(Some(recovery::of_missing(lacks, None)));
                }
                (own > 0).then(|| match diagnostic.suggestions.is_empty() {
                    true => lacking::with_operands(folds, group, &last, diagnostic),
                    false => diagnostic,
                })
            });
    }
    // An operand may have left one of its own operands to this instruction, or taken a value that was meant for it.
    let inner = folds.shape.groups[group].items.iter().take(NEAR).find_map(|&item| {
        let Item::Group(id) = item else { return None };
        let lacks = folds.takes(id)?.checked_sub(folds.own(id)?)?;
        (folds.has_operands(id) && lacks > 0 && folds.own(id)? > 0).then_some((id, lacks))
    });
    if own > takes {
        let early = inner.filter(|(_, lacks)| *lacks == own - takes).and_then(|(id, lacks)| {
            let place = folds.shape.place(folds.shape.groups[id].word)?;
            closed_too_early(folds, place, id, lacks, &[])
        });
        let first = expected.as_deref().unwrap_or_default();
        let first = &first[..first.len().min(takes)];
        return early
            .or_else(|| closed_too_late(folds, place, group, own - takes, first))
            .or_else(|| with_results(folds, group, own - takes))
            .or_else(|| Some(too_many(folds, group, own - takes)));
    }
    let (id, lacks) = inner?;
    if folds.site.own() >= takes || folds.site.is_unreachable() {
        return None;
    }
    let place = folds.shape.place(folds.shape.groups[id].word)?;
    closed_too_early(folds, place, id, lacks, &[]).or_else(|| Some(missing(folds, id)))
}

/// Whether the topmost operands have the first expected types.
fn fits(folds: &Folds<'_>, expected: Option<&[Operand]>, own: usize) -> bool {
    let Some(expected) = expected else { return true };
    let site = folds.site;
    expected.iter().take(own).enumerate().all(|(nth, want)| match (want, site.operand(own - 1 - nth)) {
        (Some(want), Some(found)) => site.validator.resources().is_subtype(found, *want),
        _ => true,
    })
}

/// Whether the types of items, as far as they are known, are the expected ones.
fn are_of_types(folds: &Folds<'_>, items: &[Item], expected: &[Operand]) -> bool {
    let mut expected = expected.iter();
    items.iter().all(|&item| match folds.types(item) {
        Some(types) => types.into_iter().all(|found| {
            expected.next().is_none_or(|want| {
                want.is_none_or(|want| folds.site.validator.resources().is_subtype(found, want))
            })
        }),
        None => {
            let count = folds.gives(item).unwrap_or(0);
            for _ in 0..count {
                expected.next();
            }
            true
        }
    })
}

/// The keyword of a group.
fn keyword(folds: &Folds<'_>, group: usize) -> Span {
    let word = folds.shape.groups[group].word;
    folds.code(word).map_or(Span::new(word, word), |at| folds.context.spans.instr(at))
}

/// The keyword of an item that is a group; otherwise `or`.
fn keyword_of(folds: &Folds<'_>, item: Item, or: Span) -> Span {
    match item {
        Item::Group(id) => keyword(folds, id),
        Item::Flat(_) => or,
    }
}

/// An instruction in messages, with its immediates.
fn named(folds: &Folds<'_>, group: usize) -> String {
    let Some(at) = folds.code(folds.shape.groups[group].word) else { return "this".to_owned() };
    if at == folds.site.at {
        return name(folds.context, folds.site);
    }
    let spans = folds.context.spans;
    let text = &spans.source[spans.with_immediates(at).range()];
    let is_short = text.len() <= super::describe::MOST_SHOWN && !text.contains(['\n', ';']);
    format!("`{}`", if is_short { text } else { &spans.source[spans.instr(at).range()] })
}

fn missing(folds: &Folds<'_>, group: usize) -> Diagnostic {
    let (takes, own) = (folds.takes(group).unwrap_or(0), folds.own(group).unwrap_or(0));
    let there = if own == 0 { "there is no operand".to_owned() } else { there_are(own) };
    let mut message = format!(
        "{} takes {}, but {there} in its parentheses",
        named(folds, group),
        counted(takes as u64, "operand")
    );
    if folds.code(folds.shape.groups[group].word) == Some(folds.site.at)
        && let Some(expected) = expected_operands(folds.site.operator, folds.site.op, folds.site.validator)
        && expected.iter().any(Option::is_some)
    {
        message += &format!(": expected {}", folds.context.list(expected.iter().copied()));
        let found: Vec<Operand> = (0..own).rev().map(|depth| folds.site.operand(depth)).collect();
        message += &format!(", found {}", folds.context.list(found));
    }
    Diagnostic::error(Code::MissingOperand, keyword(folds, group), message)
}

fn there_are(count: usize) -> String {
    if count == 1 { "there is 1".to_owned() } else { format!("there are {count}") }
}

/// Explains that an operand of an instruction leaves no value, such as `local.set`.
fn value_not_given(folds: &Folds<'_>, group: usize, lacks: usize) -> Option<Diagnostic> {
    let items = &folds.shape.groups[group].items;
    let mut without = items.iter().filter_map(|&item| match item {
        Item::Group(id)
            if !matches!(folds.shape.groups[id].kind, GroupKind::Arm | GroupKind::Other)
                && folds.gives(item) == Some(0) =>
        {
            Some(id)
        }
        _ => None,
    });
    let first = without.next()?;
    if without.next().is_some() || lacks != 1 {
        return None;
    }
    let span = keyword(folds, first);
    let operator = folds.operator(folds.shape.groups[first].word)?;
    let diagnostic = missing(folds, group).with_label(span, "this leaves no value");
    Some(match operator {
        Operator::LocalSet { .. } => {
            diagnostic.with_fix("write `local.tee`, which leaves the value", span, "local.tee")
        }
        Operator::Call { function_index } => folds.context.declared.with_declaration(
            without_drop(folds, group, first, diagnostic),
            crate::resolve::IndexSpace::Func,
            function_index,
        ),
        _ => without_drop(folds, group, first, diagnostic),
    })
}

/// Suggests to remove a `drop` whose operand leaves no value.
fn without_drop(folds: &Folds<'_>, group: usize, operand: usize, diagnostic: Diagnostic) -> Diagnostic {
    let group = &folds.shape.groups[group];
    if !matches!(folds.operator(group.word), Some(Operator::Drop)) {
        return diagnostic;
    }
    let inner = folds.shape.groups[operand].span;
    let edits = vec![
        edit(Span::new(group.span.start, inner.start), ""),
        edit(Span::new(inner.end, group.span.end), ""),
    ];
    diagnostic.with_edits("remove the `drop`", edits, Applicability::MachineApplicable)
}

/// Explains that the parentheses of an instruction, perhaps with those of others around it, close before its last
/// operands.
fn closed_too_early(
    folds: &Folds<'_>,
    place: Place,
    group: usize,
    lacks: usize,
    expected: &[Operand],
) -> Option<Diagnostic> {
    let shape = folds.shape;
    let (mut place, mut outer) = (place, group);
    for _ in 0..NEAR {
        let parent = place.parent;
        let moved = following(folds, place, lacks);
        if folds.has_operands(parent) {
            let surplus = folds.own(parent)?.checked_sub(folds.takes(parent)?)?;
            if surplus == lacks
                && let Some(moved) = moved.filter(|moved| are_of_types(folds, moved, expected))
            {
                return moved_in(folds, group, outer, &moved, Some(parent));
            }
            let is_last = shape.groups[parent].items.len() == place.nth + 1;
            if surplus > 0 || !is_last {
                return None;
            }
        } else {
            let moved = moved.filter(|moved| are_of_types(folds, moved, expected))?;
            if !is_left_over(folds, place, outer, moved.len(), lacks) {
                return None;
            }
            match moved.last().and_then(|&last| recovery::last_instr(folds, last)) {
                Some(last) => folds.context.recovery.set(Some(recovery::of_missing(lacks, Some(last)))),
                None => folds.context.is_misplaced.set(true),
            }
            return moved_in(folds, group, outer, &moved, None);
        }
        outer = parent;
        place = shape.place(shape.groups[parent].word)?;
    }
    None
}

/// Whether the `count` items after an instruction leave `lacks` values that nothing takes.
fn is_left_over(folds: &Folds<'_>, place: Place, outer: usize, count: usize, lacks: usize) -> bool {
    let results = operands::results(folds.site.validator, 0).map(|types| types.len());
    // No instruction takes what follows a branch.
    let is_terminal = folds.arity(folds.shape.groups[outer].word).is_none();
    match (folds.own(place.parent), results) {
        _ if is_terminal => true,
        (Some(own), Some(results)) => own == results + lacks + folds.others_lack(place.parent, outer),
        _ => match folds.shape.after(Place { nth: place.nth + count, ..place }) {
            Some(next) => folds.is_closed(next),
            // The value may be the result of the block.
            None => results == Some(0),
        },
    }
}

/// The groups after an item that leave a number of values.
fn following(folds: &Folds<'_>, place: Place, count: usize) -> Option<Vec<Item>> {
    let items = &folds.shape.groups[place.parent].items;
    let mut given = 0;
    let mut found = Vec::new();
    for &item in items.get(place.nth + 1..)?.iter().take(NEAR) {
        if !folds.is_closed(item) {
            return None;
        }
        match folds.gives(item)? {
            0 => return None,
            gives => given += gives,
        }
        found.push(item);
        if given >= count {
            break;
        }
    }
    (given == count).then_some(found)
}

/// The span of a group.
fn span_of(folds: &Folds<'_>, item: Item) -> Option<Span> {
    Some(folds.shape.group(item)?.span)
}

/// Suggests to move the closing parentheses of an instruction after other instructions, which are operands of
/// `around` so far or of no instruction.
fn moved_in(
    folds: &Folds<'_>,
    group: usize,
    outer: usize,
    moved: &[Item],
    around: Option<usize>,
) -> Option<Diagnostic> {
    let note = match around {
        Some(around) => {
            let takes = folds.takes(around)?;
            format!("this is in the parentheses of {}, which takes {takes}", named(folds, around))
        }
        None => "this is after the parentheses".to_owned(),
    };
    let source = folds.context.spans.source;
    let closed = Span::new(folds.shape.groups[group].span.end - 1, folds.shape.groups[outer].span.end);
    let (first, last) = (span_of(folds, *moved.first()?)?, span_of(folds, *moved.last()?)?);
    let mut diagnostic = missing(folds, group).with_label(keyword_of(folds, moved[0], first), note);
    if group != outer || around.is_some() {
        diagnostic = diagnostic.with_label(Span::new(closed.start, closed.start + 1), "they close here");
    }
    let parentheses: String = source[closed.range()].chars().filter(|c| !c.is_whitespace()).collect();
    if parentheses.bytes().any(|byte| byte != b')') {
        return Some(diagnostic);
    }
    let edits = vec![edit(without_line(source, closed), ""), edit(last.after(), parentheses)];
    let message = match moved {
        [_] => "move it into the parentheses",
        _ => "move them into the parentheses",
    };
    // The operand that a branch has may be its condition, and the value missing.
    let is_branch_with_value =
        matches!(folds.operator(folds.shape.groups[group].word), Some(Operator::BrIf { .. }))
            && folds.takes(group).is_some_and(|takes| takes > 1);
    let applicability =
        if is_branch_with_value { Applicability::MaybeIncorrect } else { Applicability::MachineApplicable };
    Some(diagnostic.with_edits(message, edits, applicability))
}

/// Parentheses that are removed, with the line break and indentation before them if they are alone on a line.
fn without_line(source: &str, span: Span) -> Span {
    let before = &source[..span.start as usize];
    let trimmed = before.trim_end_matches([' ', '\t']);
    let is_alone = trimmed.ends_with('\n') && source[span.end as usize..].starts_with(['\n', '\r']);
    match is_alone {
        true => Span::new(trimmed.trim_end_matches(['\n', '\r']).len() as u32, span.end),
        false => span,
    }
}

/// Explains that the parentheses of an operand include operands of the instruction around it.
fn closed_too_late(
    folds: &Folds<'_>,
    place: Place,
    group: usize,
    surplus: usize,
    expected: &[Operand],
) -> Option<Diagnostic> {
    let parent = place.parent;
    if !folds.has_operands(parent) {
        return None;
    }
    let lacks = folds.takes(parent)?.checked_sub(folds.own(parent)?)?;
    if lacks != surplus {
        return None;
    }
    let kept = first_operands(folds, group)?;
    let items: Vec<Item> = folds.shape.groups[group].items[..kept].to_vec();
    let moved = *folds.shape.groups[group].items.get(kept)?;
    if !are_of_types(folds, &items, expected) {
        return None;
    }
    let whole = folds.shape.groups[group].span;
    let place = Span::new(whole.end - 1, whole.end);
    let after = span_of(folds, *items.last()?)?.after();
    let source = folds.context.spans.source;
    let diagnostic = surplus_operands(folds, group)
        .with_label(keyword_of(folds, moved, whole), format!("this is meant for {}", named(folds, parent)))
        .with_label(keyword(folds, parent), format!("this lacks {}", counted(lacks as u64, "operand")));
    let edits = vec![edit(after, ")"), edit(without_line(source, place), "")];
    Some(diagnostic.with_edits("close the parentheses before it", edits, Applicability::MachineApplicable))
}

/// The number of items of an instruction that leave exactly its operands.
fn first_operands(folds: &Folds<'_>, group: usize) -> Option<usize> {
    let takes = folds.takes(group)?;
    let mut given = 0;
    for (nth, &item) in folds.shape.groups[group].items.iter().enumerate() {
        if given == takes && nth > 0 {
            return Some(nth);
        }
        given += folds.gives(item)?;
        if given > takes {
            return None;
        }
    }
    None
}

fn surplus_operands(folds: &Folds<'_>, group: usize) -> Diagnostic {
    let (takes, own) = (folds.takes(group).unwrap_or(0), folds.own(group).unwrap_or(0));
    let mut message = format!(
        "{} takes {}, but {} in its parentheses",
        named(folds, group),
        counted(takes as u64, "operand"),
        there_are(own),
    );
    let word = folds.shape.groups[group].word;
    let operator = folds.operator(word);
    let op = folds.code(word).and_then(|at| folds.context.op(at));
    if let Some(expected) = operator.and_then(|of| expected_operands(&of, op, folds.site.validator)) {
        message += &format!(": expected {}", folds.context.list(expected));
    }
    Diagnostic::error(Code::ValuesLeft, keyword(folds, group), message)
}

/// Suggests the number of operands as the count of `array.new_fixed`.
fn with_count(folds: &Folds<'_>, group: usize, diagnostic: Diagnostic) -> Diagnostic {
    let word = folds.shape.groups[group].word;
    match (folds.operator(word), folds.code(word), folds.own(group)) {
        (Some(Operator::ArrayNewFixed { .. }), Some(at), Some(own)) => {
            match folds.context.spans.immediate(at, 1) {
                Some(count) => {
                    diagnostic.with_guess(format!("write the count `{own}`"), count, own.to_string())
                }
                None => diagnostic,
            }
        }
        _ => diagnostic,
    }
}

/// Explains a surplus operand of a branch by the results that its block lacks.
fn with_results(folds: &Folds<'_>, group: usize, surplus: usize) -> Option<Diagnostic> {
    super::results::of_target(folds, group, surplus, surplus_operands(folds, group))
}

/// Explains that an instruction has more operands than it takes.
fn too_many(folds: &Folds<'_>, group: usize, surplus: usize) -> Diagnostic {
    let diagnostic = surplus_operands(folds, group);
    let at = folds.code(folds.shape.groups[group].word);
    let operator = at.and_then(|at| folds.context.operator_at(at));
    let op = at.and_then(|at| folds.context.op(at));
    let diagnostic = match (at, &operator) {
        (Some(at), Some(operator)) => {
            let site = Site { at, operator, op, ..*folds.site };
            super::related::with_declaration(folds.context, &site, diagnostic)
        }
        _ => diagnostic,
    };
    let Some(kept) = first_operands(folds, group) else { return diagnostic };
    let all = &folds.shape.groups[group].items;
    let items: Vec<Item> =
        all.iter().copied().filter(|&item| folds.gives(item).is_some_and(|gives| gives > 0)).collect();
    // The last operand of an indirect call is what is called.
    let is_indirect = op.is_some_and(|op| op.mnemonic().contains("call_"))
        && folds.takes(group).is_some_and(|takes| takes > 0 && items.len() == takes + surplus);
    let (first, last) = match is_indirect {
        true => (items.iter().rev().nth(surplus), items.iter().rev().nth(1)),
        false => (all.get(kept), items.last()),
    };
    let Some(&moved) = first else { return diagnostic };
    let (Some(first), Some(last)) = (span_of(folds, moved), last.and_then(|&last| span_of(folds, last)))
    else {
        return diagnostic;
    };
    let what = match folds.types(moved) {
        Some(types) if types.len() == 1 => {
            format!("this operand of type {} is too many", folds.context.val_type(types[0]))
        }
        _ => "this operand is too many".to_owned(),
    };
    let diagnostic = diagnostic.with_label(keyword_of(folds, moved, first), what);
    let diagnostic = with_count(folds, group, diagnostic);
    if !diagnostic.suggestions.is_empty() {
        return diagnostic;
    }
    let keyword = keyword(folds, group);
    if let Some(meant) = op.and_then(|op| with_more_operands(op.mnemonic())) {
        return diagnostic.with_guess(format!("write `{meant}`"), keyword, meant);
    }
    let source = folds.context.spans.source;
    let is_chain = op.is_some_and(|op| is_associative(op.mnemonic()));
    match (is_chain, surplus, &items[..]) {
        (true, 1, [_, second, _]) => {
            let Some(second) = span_of(folds, *second) else { return diagnostic };
            let head = format!("{} (", &source[keyword.range()]);
            let edits = vec![edit(keyword.before(), head), edit(second.after(), ")")];
            diagnostic.with_edits("nest them", edits, Applicability::MaybeIncorrect)
        }
        _ => {
            let edits = vec![edit(locate::with_space_before(source, first.to(last)), "")];
            let message = match surplus {
                1 => "remove it",
                _ if is_indirect => "remove them",
                _ => "remove the last operands",
            };
            diagnostic.with_edits(message, edits, Applicability::MaybeIncorrect)
        }
    }
}

/// Explains a value that is left in a block by an instruction that has too many operands.
fn surplus_in_block(folds: &Folds<'_>) -> Option<Diagnostic> {
    let site = folds.site;
    let expected = operands::results(site.validator, 0)?.len();
    let surplus = site.own().checked_sub(expected)?;
    for depth in 0..site.own().min(NEAR) {
        let Some(producer) = site.producer(depth) else { continue };
        let mut place = folds.shape.place(folds.context.spans.instr(producer).start);
        for _ in 0..NEAR {
            let Some(at) = place.filter(|at| at.group.is_some()) else { break };
            if folds.has_operands(at.parent)
                && let (Some(own), Some(takes)) = (folds.own(at.parent), folds.takes(at.parent))
                && own > takes
            {
                // A result that is not needed is not an operand at the wrong place.
                let items = &folds.shape.groups[at.parent].items;
                if items.iter().any(|&item| folds.gives(item).is_some_and(|gives| gives > 1)) {
                    return None;
                }
                let result = (own - takes <= surplus).then_some(own - takes)?;
                let of_target = with_results(folds, at.parent, result);
                return of_target.or_else(|| Some(too_many(folds, at.parent, result)));
            }
            if !folds.has_operands(at.parent) {
                break;
            }
            place = folds.shape.place(folds.shape.groups[at.parent].word);
        }
    }
    surplus_in_operands(folds, surplus)
}

/// Explains values that are left by an instruction with too many operands that is itself an operand.
fn surplus_in_operands(folds: &Folds<'_>, surplus: usize) -> Option<Diagnostic> {
    let producer = folds.site.producer(0)?;
    let mut left = vec![folds.shape.place(folds.context.spans.instr(producer).start)?.group?];
    for _ in 0..NEAR {
        let group = left.pop()?;
        let is_result = |item: &Item| folds.gives(*item).is_none_or(|gives| gives > 1);
        if folds.has_operands(group) && !folds.shape.groups[group].items.iter().any(is_result) {
            let (own, takes) = (folds.own(group)?, folds.takes(group)?);
            if own == takes + surplus {
                return Some(too_many(folds, group, surplus));
            }
            if own != takes {
                return None;
            }
        }
        left.extend(folds.shape.groups[group].items.iter().rev().filter_map(|item| match item {
            Item::Group(id) => Some(*id),
            Item::Flat(_) => None,
        }));
    }
    None
}

/// Explains a condition that is the first instruction of `(then ...)`.
fn condition_in_then(folds: &Folds<'_>, group: usize) -> Option<Diagnostic> {
    let shape = folds.shape;
    if shape.groups[group].kind != GroupKind::If || folds.own(group)? > 0 {
        return None;
    }
    let then = shape.groups[group]
        .items
        .iter()
        .find_map(|&item| shape.group(item).filter(|arm| arm.kind == GroupKind::Arm))?;
    let &condition = then.items.first()?;
    let span = span_of(folds, condition)?;
    let (_, results) = folds.arity(shape.groups[group].word)?;
    // After a branch the stack is polymorphic.
    let mut given = 0;
    let mut is_terminated = false;
    for &item in then.items.iter().take(NEAR) {
        let operator = shape.group(item).and_then(|group| folds.operator(group.word));
        // Labels are those outside of the arm.
        if matches!(operator, Some(Operator::BrIf { .. })) {
            continue;
        }
        if operator.as_ref().is_some_and(is_terminal) {
            is_terminated = true;
            break;
        }
        if !folds.is_closed(item) {
            return None;
        }
        given += folds.gives(item)?;
    }
    let is_surplus = given == if is_terminated { 1 } else { results + 1 };
    if folds.gives(condition) != Some(1)
        || !is_surplus
        || then.items.len() > NEAR
        || !are_of_types(folds, &[condition], &[Some(ValType::I32)])
    {
        return None;
    }
    let source = folds.context.spans.source;
    let end = match then.items.get(1).and_then(|&next| span_of(folds, next)) {
        Some(next) if !source[span.end as usize..next.start as usize].contains(';') => next.start,
        _ => span.end,
    };
    let text = format!("{} ", &source[span.range()]);
    let edits = vec![edit(then.span.before(), text), edit(Span::new(span.start, end), "")];
    folds.context.is_inner_poisoned.set(true);
    // Before a branch, a value that nothing takes is valid: the instruction may be called for its effect.
    let applicability =
        if is_terminated { Applicability::MaybeIncorrect } else { Applicability::MachineApplicable };
    let message = format!("the condition of {} must come before `(then ...)`", named(folds, group));
    Some(
        Diagnostic::error(Code::MissingOperand, keyword(folds, group), message)
            .with_label(keyword_of(folds, condition, span), "this is the condition")
            .with_edits("move it there", edits, applicability),
    )
}

/// Explains an `if` without parentheses whose condition comes after it.
fn condition_after_if(folds: &Folds<'_>, place: Place) -> Option<Diagnostic> {
    let (context, site) = (folds.context, folds.site);
    if site.own() > 0 || site.is_unreachable() {
        return None;
    }
    let spans = context.spans;
    let condition = match folds.shape.after(place)? {
        item @ Item::Group(_) => {
            if folds.shape.group(item).is_some_and(|group| group.kind == GroupKind::Other) {
                // The type of the block.
                let next = folds.shape.after(Place { nth: place.nth + 1, ..place })?;
                first_value(folds, next, spans.block_type(site.at).end)?
            } else {
                first_value(folds, item, spans.block_type(site.at).end)?
            }
        }
        Item::Flat(_) => tested(folds)?,
    };
    let own = spans.instr(site.at);
    let text = &spans.source[condition.range()];
    let line = &spans.source[..own.start as usize];
    let indent = &line[line.trim_end_matches([' ', '\t']).len()..];
    let is_own_line = line.len() == indent.len() || line[..line.len() - indent.len()].ends_with('\n');
    let text = if is_own_line { format!("{text}\n{indent}") } else { format!("{text} ") };
    let before = spans.source[..condition.start as usize].trim_end().len() as u32;
    let edits = vec![edit(own.before(), text), edit(Span::new(before, condition.end), "")];
    context.is_inner_poisoned.set(true);
    let message = format!("the condition of {} must come before it", name(context, site));
    Some(
        Diagnostic::error(Code::MissingOperand, own, message)
            .with_label(condition, "this is the condition")
            .with_edits("move it there", edits, Applicability::MaybeIncorrect),
    )
}

/// Explains a missing operand by a `local.set` directly before the instruction and its other operands.
fn local_set_before(folds: &Folds<'_>, verdict: &Verdict) -> Option<Diagnostic> {
    let (context, site) = (folds.context, folds.site);
    let expected = expected_operands(site.operator, site.op, site.validator)?;
    let lacks = expected.len().checked_sub(site.own())?;
    if !matches!(verdict, Verdict::MissingOperand { .. })
        || lacks != 1
        || site.is_unreachable()
        || !fits(folds, Some(&expected[1..]), site.own())
    {
        return None;
    }
    let first = match site.own() {
        0 => site.at,
        own => {
            let producer = site.producer(own - 1)?;
            let start = super::order::operand_span(folds, own - 1)?.start;
            folds.code(start).unwrap_or(producer)
        }
    };
    let marks = context.body.marks;
    let before = marks.partition_point(|mark| u64::from(mark.at) < first).checked_sub(1)?;
    let at = u64::from(marks[before].at);
    let Operator::LocalSet { local_index } = context.operator_at(at)? else { return None };
    let ty = site.validator.get_local_type(local_index)?;
    let is_fit = expected[0].is_none_or(|want| site.validator.resources().is_subtype(ty, want));
    let is_statement = folds.shape.place(marks[before].start)?.group.is_some();
    if !is_fit || is_statement && site.own() > 0 {
        return None;
    }
    let count = counted(expected.len() as u64, "operand");
    let there = if site.own() == 0 { "there is no operand".to_owned() } else { there_are(site.own()) };
    let message = format!(
        "{} takes {count}, but {there}: expected {}, found {}",
        name(context, site),
        context.list(expected.iter().copied()),
        context.list(site.stack()),
    );
    let span = context.spans.instr(at);
    Some(
        Diagnostic::error(Code::MissingOperand, context.spans.instr(site.at), message)
            .with_label(span, "this leaves no value")
            .with_guess("write `local.tee`, which leaves the value", span, "local.tee"),
    )
}

/// Explains a missing result by a `local.set` at the end of the block.
fn local_set_at_end(folds: &Folds<'_>) -> Option<Diagnostic> {
    let (context, site) = (folds.context, folds.site);
    let results = operands::results(site.validator, 0)?;
    let &[result] = &results[..] else { return None };
    let marks = context.body.marks;
    let before = marks.partition_point(|mark| u64::from(mark.at) < site.at).checked_sub(1)?;
    let at = u64::from(marks[before].at);
    let Operator::LocalSet { local_index } = context.operator_at(at)? else { return None };
    let ty = site.validator.get_local_type(local_index)?;
    if site.own() > 0 || site.is_unreachable() || !site.validator.resources().is_subtype(ty, result) {
        return None;
    }
    let span = context.spans.instr(at);
    let diagnostic = lacking::missing_result(folds, result)
        .with_label(span, "this leaves no value")
        .with_guess("write `local.tee`, which leaves the value", span, "local.tee");
    Some(super::related::with_block(context, site, diagnostic))
}

/// A group that leaves one `i32`, or the test that begins at a flat instruction.
fn first_value(folds: &Folds<'_>, item: Item, from: u32) -> Option<Span> {
    let Some(span) = span_of(folds, item) else { return tested(folds) };
    let is_near = !folds.context.spans.source[from as usize..span.start as usize].contains(';');
    (is_near
        && folds.gives(item) == Some(1)
        && folds.is_closed(item)
        && are_of_types(folds, &[item], &[Some(ValType::I32)]))
    .then_some(span)
}

/// The instructions after an `if` that end with the first test of all the values before it.
fn tested(folds: &Folds<'_>) -> Option<Span> {
    let (context, site) = (folds.context, folds.site);
    let marks = context.body.marks;
    let own = marks.partition_point(|mark| u64::from(mark.at) <= site.at);
    let mut height = 0;
    let mut start = None;
    for mark in marks[own..].iter().take(NEAR) {
        let place = folds.shape.place(mark.start)?;
        if place.group.is_some() {
            return None;
        }
        let (takes, gives) = folds.arity(mark.start)?;
        let op = context.op(u64::from(mark.at))?;
        if takes > height || op.mnemonic() == "if" {
            return None;
        }
        height = height - takes + gives;
        let start = *start.get_or_insert(mark.start);
        if height == 1 && is_test(op.mnemonic()) {
            return Some(Span::new(start, context.spans.with_immediates(u64::from(mark.at)).end));
        }
    }
    None
}

/// Whether an instruction compares or tests values.
pub(super) fn is_test(mnemonic: &str) -> bool {
    let Some((ty, operation)) = mnemonic.split_once('.') else { return false };
    let stem = operation.trim_end_matches("_s").trim_end_matches("_u");
    matches!(
        stem,
        "eqz" | "eq" | "ne" | "lt" | "gt" | "le" | "ge" | "is_null" | "test" | "any_true" | "all_true"
    ) && (!ty.contains('x') || operation.ends_with("_true"))
}
