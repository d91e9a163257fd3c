//! Checks of an instruction with the instructions that push its operands: constants, and values that are dropped.

use super::finding::{Finding, Known, Site};
use super::function::Function;
use super::role::{is, is_comparison, is_division, is_rotation, is_shift, kept_bits};
use crate::ast::{CompType, Idx, IdxKind, ValType, flags};
use crate::instr::Immediates;
use crate::resolve::IndexSpace;

/// Checks the instruction at a position, at which `hit` says what the instruction before it is.
pub(super) fn check(function: &Function<'_, '_>, at: usize, hit: u8, findings: &mut Vec<Finding>) {
    let found = if hit & is::PURE != 0 {
        let (value, drop) = (function.site(at - 1), function.site(at));
        Some(Finding::UnusedValue { value, drop })
    } else if hit & is::CONST != 0 {
        constant(function, at)
    } else {
        comparison(function, at)
    };
    findings.extend(found.filter(|found| function.cx.enabled.has(found.code())));
}

/// Checks an instruction whose last operand is an integer constant.
fn constant(function: &Function<'_, '_>, at: usize) -> Option<Finding> {
    let value = function.integer(at - 1)?;
    let (literal, site) = (function.site(at - 1), function.site(at));
    let name = site.op.mnemonic();
    match site.op.immediates() {
        Immediates::If | Immediates::Label | Immediates::Select => {
            Some(Finding::Condition { value: literal, at: site, holds: value != 0 })
        }
        _ if name.ends_with(".eqz") => {
            Some(Finding::Comparison { at: site, reason: Known::Constants, holds: value == 0 })
        }
        _ if is_comparison(name) => comparison(function, at),
        _ if is_shift(name) => shift(value, literal, site),
        _ if is_division(name) => (value == 0).then_some(Finding::Division { at: site, zero: literal }),
        _ => {
            let bits = kept_bits(name).or_else(|| packed_bits(function, at))?;
            let range = -(1i64 << (bits - 1))..1i64 << bits;
            let fits = range.contains(&value);
            (!fits).then_some(Finding::Truncated { value: literal, number: value, bits, at: site })
        }
    }
}

fn shift(value: i64, count: Site, at: Site) -> Option<Finding> {
    let name = at.op.mnemonic();
    let (kind, _) = name.split_once('.')?;
    let width = match kind.split_once('x') {
        Some((lane, _)) => lane,
        None => kind,
    };
    let width: u32 = width.trim_start_matches('i').parse().ok()?;
    let is_within = (0..i64::from(width)).contains(&value);
    // A rotation to the other side is often written with a negative count.
    let is_meant = is_rotation(name) && value < 0;
    (!is_within && !is_meant).then_some(Finding::Shift { at, count, value, width })
}

/// Returns the number of bits of the packed type that an instruction writes to.
fn packed_bits(function: &Function<'_, '_>, at: usize) -> Option<u32> {
    let instr = function.instrs[at];
    let is_field = instr.op.immediates() == Immediates::Field;
    let raw = if is_field { *function.ast.extra.get(instr.imm as usize)? } else { instr.imm };
    let index = function.index_of(raw, IndexSpace::Type)?;
    let def = function.cx.fields.type_defs.get(index as usize)?;
    let ty: ValType = match def.comp {
        CompType::Array(ty) if !is_field => ty,
        CompType::Struct(fields) if is_field => {
            let field = field_index(function, index, *function.ast.extra.get(instr.imm as usize + 1)?)?;
            function.cx.fields.struct_fields.get(fields.range())?.get(field as usize)?.ty
        }
        _ => return None,
    };
    match ty.code {
        _ if ty.has(flags::REF) => None,
        0x78 => Some(8),
        0x77 => Some(16),
        _ => None,
    }
}

/// Returns the index of the field of a struct type.
pub(super) fn field_index(function: &Function<'_, '_>, ty: u32, raw: u32) -> Option<u32> {
    match Idx::from_raw(raw).get() {
        IdxKind::Number(number) => Some(number),
        IdxKind::Name(slot) => {
            let name = function.ast.names.get(slot as usize)?;
            function.cx.symbols.field_names(ty)?.get(&function.cx.symbols.source[name.range()])
        }
    }
}

/// Checks a comparison of integers for a result that is always the same.
fn comparison(function: &Function<'_, '_>, at: usize) -> Option<Finding> {
    let site = function.site(at);
    let name = site.op.mnemonic();
    let (ty, relation) = name.split_once('.')?;
    let is_64 = ty == "i64";
    let found = |reason, holds| Some(Finding::Comparison { at: site, reason, holds });
    let last = function.instrs[at - 1];
    let before = at.checked_sub(2).map(|at| function.instrs[at])?;
    let right = function.integer(at - 1);
    let left = function.integer(at - 2);
    match (left, right) {
        (Some(left), Some(right)) => return found(Known::Constants, compare(relation, is_64, left, right)?),
        (None, None) => {
            let is_get = |op: crate::instr::Op| op.mnemonic() == "local.get";
            let is_same = is_get(last.op) && is_get(before.op) && last.imm == before.imm;
            return if is_same { found(Known::Same, compare(relation, is_64, 0, 0)?) } else { None };
        }
        _ => {}
    }
    let (least, most) = bounds(relation, is_64);
    // If both bounds of the type compare alike with the constant, all numbers between them do.
    let known = match (left, right) {
        // The operands of `before` are unknown, but not its result.
        (None, Some(right)) if is_boolean(before.op.mnemonic()) && !matches!(right, 0 | 1) => {
            let holds = compare(relation, is_64, 0, right)?;
            return if holds == compare(relation, is_64, 1, right)? {
                found(Known::Boolean(right), holds)
            } else {
                None
            };
        }
        (None, Some(right)) if !matches!(relation, "eq" | "ne") => {
            (compare(relation, is_64, least, right)?, compare(relation, is_64, most, right)?, right, false)
        }
        (Some(left), None) if last.op.mnemonic() == "local.get" && !matches!(relation, "eq" | "ne") => {
            (compare(relation, is_64, left, least)?, compare(relation, is_64, left, most)?, left, true)
        }
        _ => return None,
    };
    let (at_least, at_most, number, is_left) = known;
    if at_least == at_most { found(Known::Bound { number, is_left }, at_least) } else { None }
}

/// Whether an instruction returns 0 or 1.
fn is_boolean(name: &str) -> bool {
    is_comparison(name)
        || matches!(name, "i32.eqz" | "i64.eqz" | "ref.is_null" | "ref.test" | "ref.eq")
        || name.ends_with(".all_true")
        || name == "v128.any_true"
}

/// Returns the smallest and the largest number for a comparison.
fn bounds(relation: &str, is_64: bool) -> (i64, i64) {
    match (relation.ends_with("_u"), is_64) {
        (true, _) => (0, -1),
        (false, true) => (i64::MIN, i64::MAX),
        (false, false) => (i32::MIN.into(), i32::MAX.into()),
    }
}

/// Compares two integers. Those of 32 bits are sign-extended.
fn compare(relation: &str, is_64: bool, left: i64, right: i64) -> Option<bool> {
    let unsigned = |value: i64| if is_64 { value as u64 } else { u64::from(value as u32) };
    let (a, b) = (unsigned(left), unsigned(right));
    Some(match relation {
        "eq" => left == right,
        "ne" => left != right,
        "lt_s" => left < right,
        "lt_u" => a < b,
        "gt_s" => left > right,
        "gt_u" => a > b,
        "le_s" => left <= right,
        "le_u" => a <= b,
        "ge_s" => left >= right,
        "ge_u" => a >= b,
        _ => return None,
    })
}
