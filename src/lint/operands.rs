//! Checks of an instruction with the instructions that push its operands: constants, and values that are dropped.

use super::finding::{Finding, Known, Site};
use super::function::Function;
use super::role::{ROLES, is, is_comparison, is_division, is_rotation, is_shift, kept_bits};
use crate::ast::{CompType, Idx, IdxKind, ValType, flags};
use crate::diagnostic::Code;
use crate::instr::{Immediates, Op};
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
        Immediates::If | Immediates::Label | Immediates::Labels | Immediates::Select => {
            Some(Finding::Condition { value: literal, at: site, holds: value != 0 })
        }
        _ if name.ends_with(".eqz") => {
            Some(Finding::Comparison { at: site, reason: Known::Constants, holds: value == 0 })
        }
        _ if is_comparison(name) => comparison(function, at),
        _ if is_shift(name) => shift(value, literal, site),
        _ if is_division(name) => division(function, at, value),
        _ => {
            let bits = kept_bits(name).or_else(|| packed_bits(function, at, 0))?;
            truncated(function, at, at - 1, bits)
        }
    }
}

fn division(function: &Function<'_, '_>, at: usize, divisor: i64) -> Option<Finding> {
    let site = function.site(at);
    let is_overflow = || {
        // The quotient is one more than the largest number. The remainder is 0.
        let dividend = at.checked_sub(2).and_then(|at| function.integer(at));
        match site.op.mnemonic() {
            "i32.div_s" => dividend == Some(i32::MIN.into()),
            "i64.div_s" => dividend == Some(i64::MIN),
            _ => false,
        }
    };
    let is_trap = divisor == 0 || divisor == -1 && is_overflow();
    is_trap.then_some(Finding::Division { at: site, divisor: function.site(at - 1), is_zero: divisor == 0 })
}

/// Checks that a constant fits into the bits that an instruction keeps of it.
fn truncated(function: &Function<'_, '_>, at: usize, operand: usize, bits: u32) -> Option<Finding> {
    let number = function.integer(operand)?;
    let fits = (-(1i64 << (bits - 1))..1i64 << bits).contains(&number);
    let (value, at) = (function.site(operand), function.site(at));
    (!fits).then_some(Finding::Truncated { value, number, bits, at })
}

/// Checks an instruction that keeps only some bits of one or several of its operands, which are before its last one.
/// Only constants and variables are followed to the operands before them.
#[cold]
pub(super) fn stored(function: &Function<'_, '_>, at: usize, findings: &mut Vec<Finding>) {
    if !function.cx.enabled.has(Code::TruncatedLiteral) {
        return;
    }
    let instr = function.instrs[at];
    // The operands from the last one that is stored to the first, and those after them.
    let (count, skipped) = match instr.op.mnemonic() {
        "memory.fill" | "array.fill" => (1, 1),
        "array.new" => (1, 1),
        "array.new_fixed" => (function.ast.extra.get(instr.imm as usize + 1).copied().unwrap_or(0), 0),
        "struct.new" => (field_count(function, at).unwrap_or(0), 0),
        _ => return,
    };
    for nth in 0..count + skipped {
        let Some(operand) = at.checked_sub(nth as usize + 1) else { return };
        let leaf = function.instrs[operand].op;
        let is_constant = matches!(leaf.immediates(), Immediates::I32 | Immediates::I64);
        if nth >= skipped && is_constant {
            let bits = match instr.op.immediates() {
                Immediates::Memory => Some(8),
                _ => packed_bits(function, at, count - 1 - (nth - skipped)),
            };
            findings.extend(bits.and_then(|bits| truncated(function, at, operand, bits)));
        } else if !is_constant && !is_leaf(leaf) {
            return;
        }
    }
}

/// Whether an instruction pushes one value and takes none.
fn is_leaf(op: Op) -> bool {
    use Immediates as I;
    ROLES[usize::from(op.index())].is & (is::CONST | is::GET) != 0
        || matches!(op.immediates(), I::F32 | I::F64 | I::V128 | I::HeapType)
        || op.mnemonic() == "global.get"
}

fn field_count(function: &Function<'_, '_>, at: usize) -> Option<u32> {
    let index = function.index_of(function.instrs[at].imm, IndexSpace::Type)?;
    match function.cx.fields.type_defs.get(index as usize)?.comp {
        CompType::Struct(fields) => Some(fields.len()),
        _ => None,
    }
}

/// Checks a branch whose condition combines a value with a constant: `x & 0` and `x | 1`.
pub(super) fn condition(function: &Function<'_, '_>, at: usize, findings: &mut Vec<Finding>) {
    let Some(instr) = at.checked_sub(1).map(|at| function.instrs[at]) else { return };
    let is_or = instr.op == OR;
    if !is_or && instr.op != AND || !function.cx.enabled.has(Code::ConstantCondition) {
        return;
    }
    if let Some(constant) = at.checked_sub(2).and_then(|at| function.integer(at))
        && is_or == (constant != 0)
    {
        let (value, at) = (function.site(at - 1), function.site(at));
        findings.push(Finding::Condition { value, at, holds: is_or });
    }
}

const AND: Op = Op::named("i32.and").unwrap();
const OR: Op = Op::named("i32.or").unwrap();

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

/// Returns the number of bits of the packed type that an instruction writes to. `nth` is the field that `struct.new`
/// initializes.
fn packed_bits(function: &Function<'_, '_>, at: usize, nth: u32) -> Option<u32> {
    let instr = function.instrs[at];
    let is_field = instr.op.immediates() == Immediates::Field;
    let has_list = is_field || instr.op.immediates() == Immediates::TypeLen;
    let raw = if has_list { *function.ast.extra.get(instr.imm as usize)? } else { instr.imm };
    let index = function.index_of(raw, IndexSpace::Type)?;
    let def = function.cx.fields.type_defs.get(index as usize)?;
    let ty: ValType = match def.comp {
        CompType::Array(ty) if !is_field => ty,
        CompType::Struct(fields) => {
            let field = match is_field {
                true => field_index(function, index, *function.ast.extra.get(instr.imm as usize + 1)?)?,
                false => nth,
            };
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
            let is_read = matches!(before.op.mnemonic(), "local.get" | "local.tee");
            let is_same = is_read && last.op.mnemonic() == "local.get" && last.imm == before.imm;
            return if is_same { found(Known::Same, compare(relation, is_64, 0, 0)?) } else { None };
        }
        _ => {}
    }
    // The operands of `before` are unknown, but its result may not be.
    let range = left.is_none().then(|| range(function, at - 2)).flatten().filter(|(_, most)| *most > 0);
    if let (Some(right), Some((least, most))) = (right, range) {
        let holds = compare(relation, is_64, least, right)?;
        let is_known = match relation {
            "eq" | "ne" => !(least..=most).contains(&right),
            // Unsigned numbers are not in the order of those with a sign.
            _ if least < 0 && relation.ends_with("_u") => false,
            _ => holds == compare(relation, is_64, most, right)?,
        };
        if is_known {
            return found(Known::Range { least, most, number: right }, holds);
        }
    }
    if let (None, Some(right)) = (left, right)
        && let Some(mask) = mask(function, at - 2)
        && matches!(relation, "eq" | "ne")
        && right & !mask != 0
    {
        return found(Known::Mask { mask, number: right }, relation == "ne");
    }
    let (least, most) = bounds(relation, is_64);
    // If both bounds of the type compare alike with the constant, all numbers between them do.
    let known = match (left, right) {
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

/// Returns the constant of an instruction that keeps the bits in it.
fn mask(function: &Function<'_, '_>, at: usize) -> Option<i64> {
    let is_and = function.instrs[at].op.mnemonic().ends_with(".and");
    at.checked_sub(1).filter(|_| is_and).and_then(|at| function.integer(at))
}

/// Returns the smallest and the largest result of an instruction, if they are known.
fn range(function: &Function<'_, '_>, at: usize) -> Option<(i64, i64)> {
    match function.instrs[at].op.mnemonic().split_once('.')?.1 {
        "load8_s" | "extend8_s" => Some((i8::MIN.into(), i8::MAX.into())),
        "load16_s" | "extend16_s" => Some((i16::MIN.into(), i16::MAX.into())),
        "extract_lane_s" if function.instrs[at].op.mnemonic().starts_with("i8x16") => {
            Some((i8::MIN.into(), i8::MAX.into()))
        }
        "extract_lane_s" => Some((i16::MIN.into(), i16::MAX.into())),
        _ => largest(function, at).map(|most| (0, most)),
    }
}

/// Returns the largest result of an instruction that has no negative results, if it is known.
fn largest(function: &Function<'_, '_>, at: usize) -> Option<i64> {
    let op = function.instrs[at].op;
    let (name, bits) = (op.mnemonic(), if op.mnemonic().starts_with("i64") { 64 } else { 32u32 });
    let constant = || at.checked_sub(1).and_then(|at| function.integer(at)).filter(|constant| *constant >= 0);
    if is_boolean(name) {
        return Some(1);
    }
    match name.split_once('.')?.1 {
        "and" => constant(),
        "rem_u" => constant().map(|constant| constant - 1),
        "shr_u" => {
            let count = constant()?.rem_euclid(bits.into());
            (count > 0).then(|| ((1u128 << (i64::from(bits) - count)) - 1) as i64)
        }
        "clz" | "ctz" | "popcnt" => Some(bits.into()),
        "load8_u" | "atomic.load8_u" | "extract_lane_u" if !name.starts_with("i16x8") => Some(0xff),
        "load16_u" | "atomic.load16_u" | "extract_lane_u" => Some(0xffff),
        "load32_u" | "atomic.load32_u" | "extend_i32_u" => Some(u32::MAX.into()),
        _ => None,
    }
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
