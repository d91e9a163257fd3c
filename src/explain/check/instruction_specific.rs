//! Type mismatches that concern one kind of instruction, not one operand.

use super::context::{Context, Site};
use super::describe::name;
use super::operands::{self, Operand};
use super::related::with_label;
use super::verdict::{Rule, Verdict};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::IndexSpace;
use crate::span::Span;
use wasmparser::{
    BlockType, BrTable, CompositeInnerType, FrameKind, HeapType, Operator, RefType, TryTable, ValType,
    WasmModuleResources,
};

/// Explains type errors that do not concern one operand.
pub(super) fn instruction_specific(
    context: &Context<'_>,
    site: &Site<'_>,
    verdict: &Verdict,
) -> Option<Diagnostic> {
    use Operator as O;
    let this = Mismatch { context, site, verdict };
    match site.operator {
        O::End => this.if_without_else(),
        O::BrOnCast { from_ref_type, to_ref_type, .. }
        | O::BrOnCastFail { from_ref_type, to_ref_type, .. }
            if matches!(verdict, Verdict::TypeMismatch { .. } | Verdict::Rule(Rule::CastHierarchies))
                && !is_sub(context, *to_ref_type, *from_ref_type) =>
        {
            this.cast_of_branch(*from_ref_type, *to_ref_type)
        }
        O::Select
            if matches!(verdict, Verdict::Rule(Rule::SelectOfReferences | Rule::SelectOperandsDiffer)) =>
        {
            this.select()
        }
        O::TryTable { try_table } => this.catch_clause(try_table),
        O::BrTable { targets } if *verdict == Verdict::Rule(Rule::BrTableArity) => {
            this.br_table_arity(targets)
        }
        O::BrTable { targets } => this.br_table_label(targets),
        O::CallIndirect { table_index, .. } | O::ReturnCallIndirect { table_index, .. }
            if *verdict == Verdict::Rule(Rule::IndirectCallTable) =>
        {
            this.indirect_call(*table_index)
        }
        O::TableCopy { dst_table, src_table } => this.table_copy(*dst_table, *src_table),
        O::TableInit { elem_index, table } => this.table_init(*table, *elem_index),
        O::ReturnCall { .. } | O::ReturnCallIndirect { .. } | O::ReturnCallRef { .. } => this.tail_call(),
        O::RefCastNonNull { hty }
        | O::RefCastNullable { hty }
        | O::RefTestNonNull { hty }
        | O::RefTestNullable { hty } => this.cast(*hty),
        _ => None,
    }
}

/// A type mismatch at an instruction.
struct Mismatch<'a> {
    context: &'a Context<'a>,
    site: &'a Site<'a>,
    verdict: &'a Verdict,
}

impl Mismatch<'_> {
    /// An `if` without `else` whose results are not its parameters.
    fn if_without_else(&self) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let spans = context.spans;
        let frame = site.validator.get_control_frame(0)?;
        let results = operands::results(site.validator, 0)?;
        let stack = site.stack();
        let fits = results.len() == stack.len()
            && results.iter().zip(&stack).all(|(want, found)| {
                found.is_none_or(|found| site.validator.resources().is_subtype(found, *want))
            });
        if frame.kind != FrameKind::If || !(fits || site.is_unreachable()) {
            return None;
        }
        let opened = *site.trace.blocks.last()?;
        let expected = context.list(results.into_iter().map(Some));
        let params = match frame.block_type {
            BlockType::FuncType(_) => "its parameters, ",
            _ => "[], ",
        };
        let text = format!(
            "`if` without `else` must leave its parameters unchanged: expected {params}found {expected}"
        );
        Some(
            Diagnostic::error(Code::TypeMismatch, spans.instr(opened), text)
                .with_label(spans.result_type(opened), format!("the results {expected} need an `else`")),
        )
    }

    /// A branch on a cast to a type that is not a subtype.
    fn cast_of_branch(&self, from: RefType, to: RefType) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let spans = context.spans;
        let own = spans.instr(site.at);
        let (from_text, to_text) = (context.ref_type(from), context.ref_type(to));
        let types = spans.types(site.at);
        let span = types.get(1).copied().unwrap_or(own);
        let mut diagnostic = Diagnostic::error(
            Code::CastMismatch,
            span,
            format!(
                "type mismatch in {}: the second type must be a subtype of the first: expected a subtype of {from_text}, found {to_text}",
                name(context, site)
            ),
        );
        if let [first, second, ..] = types[..] {
            diagnostic = diagnostic.with_label(first, format!("{to_text} is not a subtype of this"));
            if is_sub(context, from, to) {
                let (a, b) = (&spans.source[first.range()], &spans.source[second.range()]);
                diagnostic = diagnostic.with_guess("swap the types", first.to(second), format!("{b} {a}"));
            }
        }
        Some(diagnostic)
    }

    /// A `select` without a type whose operands are references or differ.
    fn select(&self) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let spans = context.spans;
        let own = spans.instr(site.at);
        let (a, b) = (site.operand(2), site.operand(1));
        let both = format!("{} and {}", context.operand(a), context.operand(b));
        let mut diagnostic = if *self.verdict == Verdict::Rule(Rule::SelectOfReferences)
            || is_ref(a)
            || is_ref(b)
        {
            let t = a.or(b).map_or_else(String::new, |t| context.val_type(t));
            let diagnostic = Diagnostic::error(
                Code::TypeMismatch,
                own,
                format!(
                    "`select` without a type takes numbers and vectors only: expected numbers, found {both}"
                ),
            );
            match a == b {
                true => diagnostic.with_fix(
                    format!("write `select (result {t})`"),
                    own,
                    format!("select (result {t})"),
                ),
                false => diagnostic,
            }
        } else {
            Diagnostic::error(
                Code::TypeMismatch,
                own,
                format!(
                    "the first two operands of `select` must have the same type: expected {}, found {}",
                    context.operand(a),
                    context.operand(b)
                ),
            )
        };
        for (depth, t) in [(2, a), (1, b)] {
            if let Some(producer) = site.producer(depth) {
                diagnostic = diagnostic
                    .with_label(spans.instr(producer), format!("this has type {}", context.operand(t)));
            }
        }
        Some(diagnostic)
    }

    /// A clause whose values are not those of its label.
    fn catch_clause(&self, try_table: &TryTable) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let spans = context.spans;
        let own = spans.instr(site.at);
        let resources = site.validator.resources();
        let clauses = spans.clauses(site.at);
        let (n, tag, depth, actual, meant) =
            try_table.catches.iter().enumerate().find_map(|(n, catch)| {
                let (tag, label, with_ref) = match *catch {
                    wasmparser::Catch::One { tag, label } => (Some(tag), label, false),
                    wasmparser::Catch::OneRef { tag, label } => (Some(tag), label, true),
                    wasmparser::Catch::All { label } => (None, label, false),
                    wasmparser::Catch::AllRef { label } => (None, label, true),
                };
                let mut actual = match tag {
                    Some(tag) => resources.tag_at(tag)?.params().to_vec(),
                    None => Vec::new(),
                };
                if with_ref {
                    actual.push(ValType::Ref(RefType::EXN));
                }
                let expected_types = operands::label(site.validator, label)?;
                let fits = |actual: &[ValType]| {
                    let mut pairs = actual.iter().zip(&expected_types);
                    expected_types.len() == actual.len()
                        && pairs.all(|(actual, expected)| resources.is_subtype(*actual, *expected))
                };
                if fits(&actual) {
                    return None;
                }
                let mut other = actual.clone();
                match with_ref {
                    true => _ = other.pop(),
                    false => other.push(ValType::Ref(RefType::EXN)),
                }
                let meant = fits(&other).then_some(match (tag.is_some(), with_ref) {
                    (true, true) => "catch",
                    (true, false) => "catch_ref",
                    (false, true) => "catch_all",
                    (false, false) => "catch_all_ref",
                });
                Some((n, tag, label, actual, meant))
            })?;
        let expected_types = operands::label(site.validator, depth)?;
        let whole = clauses.get(n).copied().unwrap_or(own);
        let span = Span::new(whole.start + 1, whole.end - 1);
        let text = format!(
            "type mismatch in the clause `{}`: the label expects {}, found {}",
            &spans.source[whole.range()],
            context.list(expected_types.into_iter().map(Some)),
            context.list(actual.iter().copied().map(Some)),
        );
        let mut diagnostic = Diagnostic::error(Code::TypeMismatch, span, text);
        if let Some(tag) = tag {
            diagnostic = context.declared.with_declaration(diagnostic, IndexSpace::Tag, tag);
        }
        if let Some(meant) = meant {
            let text = &spans.source[span.range()];
            let len = text.find(char::is_whitespace).unwrap_or(text.len());
            let word = Span::new(span.start, span.start + len as u32);
            diagnostic = diagnostic.with_guess(format!("write `{meant}`"), word, meant);
        }
        Some(with_label(context, site, diagnostic, depth))
    }

    /// Labels of `br_table` that take different numbers of values.
    fn br_table_arity(&self, targets: &BrTable<'_>) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let own = context.spans.instr(site.at);
        let default = operands::label(site.validator, targets.default())?;
        let (n, other) = targets.targets().filter_map(Result::ok).enumerate().find_map(|(n, depth)| {
            let label = operands::label(site.validator, depth)?;
            (label.len() != default.len()).then_some((n, label))
        })?;
        let depth = targets.targets().filter_map(Result::ok).nth(n)?;
        let (name, last) = (context.label_text(site, n), context.label_text(site, targets.len() as usize));
        let text = format!(
            "the labels of `br_table` take different numbers of values: {last} expects {}, {name} expects {}",
            context.list(default.into_iter().map(Some)),
            context.list(other.into_iter().map(Some)),
        );
        let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
        let diagnostic = with_label(context, site, diagnostic, targets.default());
        Some(with_label(context, site, diagnostic, depth))
    }

    /// A label of `br_table`, other than the default, that does not fit.
    fn br_table_label(&self, targets: &BrTable<'_>) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let own = context.spans.instr(site.at);
        // A label other than the default may not match.
        let stack = site.stack();
        let values = &stack[..stack.len().saturating_sub(1)];
        let all = targets.targets().filter_map(Result::ok);
        let (n, label) = all.enumerate().find_map(|(n, depth)| {
            let label = operands::label(site.validator, depth)?;
            let top = &values[values.len().checked_sub(label.len())?..];
            let fits = label.iter().zip(top).all(|(want, found)| {
                found.is_none_or(|found| site.validator.resources().is_subtype(found, *want))
            });
            (!fits).then_some((n, label))
        })?;
        let found = values[values.len() - label.len()..].iter().copied();
        let depth = targets.targets().filter_map(Result::ok).nth(n)?;
        let text = format!(
            "type mismatch in `br_table`: the label {} expects {}, found {}",
            context.label_text(site, n),
            context.list(label.iter().copied().map(Some)),
            context.list(found),
        );
        let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
        Some(with_label(context, site, diagnostic, depth))
    }

    /// An indirect call through a table of other references.
    fn indirect_call(&self, table_index: u32) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let spans = context.spans;
        let own = spans.instr(site.at);
        let table = site.validator.resources().table_at(table_index)?;
        let found = context.val_type(ValType::Ref(table.element_type));
        let span = spans.immediate(site.at, 0).unwrap_or(own);
        let text = format!(
            "type mismatch: {} goes through a table of functions: expected funcref, found a table of {found}",
            name(context, site)
        );
        let diagnostic = Diagnostic::error(Code::TypeMismatch, span, text);
        Some(context.declared.with_declaration(diagnostic, IndexSpace::Table, table_index))
    }

    /// Tables of different types.
    fn table_copy(&self, dst_table: u32, src_table: u32) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let own = context.spans.instr(site.at);
        let resources = site.validator.resources();
        let (dst, src) = (resources.table_at(dst_table)?, resources.table_at(src_table)?);
        let (expected, found) = (ValType::Ref(dst.element_type), ValType::Ref(src.element_type));
        (!resources.is_subtype(found, expected)).then(|| {
            let text = format!(
                "type mismatch in `table.copy`: expected a table of {}, found a table of {}",
                context.val_type(expected),
                context.val_type(found),
            );
            let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
            let diagnostic = context.declared.with_declaration(diagnostic, IndexSpace::Table, dst_table);
            context.declared.with_declaration(diagnostic, IndexSpace::Table, src_table)
        })
    }

    /// A table and a segment of different types.
    fn table_init(&self, table: u32, elem_index: u32) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let own = context.spans.instr(site.at);
        let resources = site.validator.resources();
        let (expected, found) = (
            ValType::Ref(resources.table_at(table)?.element_type),
            ValType::Ref(resources.element_type_at(elem_index)?),
        );
        (!resources.is_subtype(found, expected)).then(|| {
            let text = format!(
                "type mismatch in `table.init`: expected elements of {}, found {}",
                context.val_type(expected),
                context.val_type(found),
            );
            let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
            let diagnostic = context.declared.with_declaration(diagnostic, IndexSpace::Table, table);
            context.declared.with_declaration(diagnostic, IndexSpace::Elem, elem_index)
        })
    }

    /// A tail call of a function with other results.
    fn tail_call(&self) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let own = context.spans.instr(site.at);
        let resources = site.validator.resources();
        let ty = match *site.operator {
            Operator::ReturnCall { function_index } => resources.type_index_of_function(function_index)?,
            Operator::ReturnCallIndirect { type_index, .. } | Operator::ReturnCallRef { type_index } => {
                type_index
            }
            _ => return None,
        };
        let CompositeInnerType::Func(callee) = &resources.sub_type_at(ty)?.composite_type.inner else {
            return None;
        };
        let height = site.validator.control_stack_height();
        let own_results = operands::results(site.validator, height.checked_sub(1)?)?;
        let fits = callee.results().len() == own_results.len()
            && callee.results().iter().zip(&own_results).all(|(a, b)| resources.is_subtype(*a, *b));
        if fits {
            return None;
        }
        let text = format!(
            "type mismatch in {}: the callee must have the results of this function: expected {}, found {}",
            name(context, site),
            context.list(own_results.into_iter().map(Some)),
            context.list(callee.results().iter().copied().map(Some)),
        );
        let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
        Some(match context.declared.func_results(context.body.form) {
            Some(span) => diagnostic.with_label(span, "the results of this function"),
            None => diagnostic.with_label(context.body.form.head(), "this function has no results"),
        })
    }

    /// A cast to a type of another hierarchy.
    fn cast(&self, target: HeapType) -> Option<Diagnostic> {
        let Mismatch { context, site, .. } = *self;
        let spans = context.spans;
        let own = spans.instr(site.at);
        let found = site.operand(0)?;
        let ValType::Ref(found_ref) = found else { return None };
        let resources = site.validator.resources();
        let mut target = target;
        resources.check_heap_type(&mut target, 0).ok()?;
        let tops = (resources.top_type(&target), resources.top_type(&found_ref.heap_type()));
        if tops.0 == tops.1 {
            return None;
        }
        let nullable =
            matches!(site.operator, Operator::RefCastNullable { .. } | Operator::RefTestNullable { .. });
        let target = RefType::new(nullable, target)?;
        let top = RefType::new(true, tops.0)?;
        let text = format!(
            "type mismatch in {}: a value of another hierarchy can never be {}: expected a subtype of {}, found {}",
            name(context, site),
            context.val_type(ValType::Ref(target)),
            context.val_type(ValType::Ref(top)),
            context.val_type(found),
        );
        let diagnostic = Diagnostic::error(Code::TypeMismatch, own, text);
        Some(match site.producer(0) {
            Some(producer) => diagnostic
                .with_label(spans.instr(producer), format!("this has type {}", context.val_type(found))),
            None => diagnostic,
        })
    }
}

fn is_ref(t: Operand) -> bool {
    matches!(t, Some(ValType::Ref(_)))
}

fn is_sub(context: &Context<'_>, a: RefType, b: RefType) -> bool {
    let resources = &context.checker.resources;
    let canonical = |mut t: RefType| resources.check_ref_type(&mut t, 0).is_ok().then_some(ValType::Ref(t));
    match (canonical(a), canonical(b)) {
        (Some(a), Some(b)) => resources.is_subtype(a, b),
        _ => false,
    }
}
