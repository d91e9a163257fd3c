//! The part that each instruction plays for the checks of bodies, as a table.

use crate::instr::{Immediates, Op, Row, str_contains, str_eq};

/// The roles of an instruction. The alignment makes the place in the table a shift.
#[derive(Clone, Copy)]
#[repr(align(4))]
pub(super) struct Role {
    /// What the instruction is for the one after it: bits of [`is`].
    pub(super) is: u8,
    /// The bits of [`is`] that make the instruction before it worth a look.
    pub(super) minds: u8,
    pub(super) kind: Kind,
}

/// What an instruction is for the one after it.
pub(super) mod is {
    /// An integer constant.
    pub(crate) const CONST: u8 = 1;
    /// The result of a computation without effects that cannot trap.
    pub(crate) const PURE: u8 = 2;
    /// Control does not reach the next instruction.
    pub(crate) const JUMP: u8 = 4;
    /// The value of a local.
    pub(crate) const GET: u8 = 8;
    /// A small number without a sign from memory or from a vector.
    pub(crate) const SMALL: u8 = 16;
    /// A small number with a sign.
    pub(crate) const SIGNED: u8 = 32;
    /// A remainder, which is smaller than the divisor.
    pub(crate) const REMAINDER: u8 = 64;
    /// `i32.and` or `i32.or`, which are pure, too.
    pub(crate) const LOGIC: u8 = 128;
}

/// How the checks of bodies process an instruction.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Get,
    Set,
    Tee,
    Open,
    Else,
    Catch,
    End,
    /// The instruction never continues with the next one.
    Jump,
    /// The instruction may continue elsewhere.
    Branch,
    Call,
    Cast,
    /// The instruction stores values that are not its last operand.
    Store,
    /// The result depends on whether a reference is null.
    NullCheck,
}

/// The table, by the row of the instruction.
pub(super) static ROLES: [Role; Op::COUNT] = {
    let mut table = [Role { is: 0, minds: is::JUMP, kind: Kind::Plain }; Op::COUNT];
    let mut at = 0;
    while let Some(op) = Op::nth(at) {
        table[at] = role_of(op.row());
        at += 1;
    }
    table
};

const fn role_of(row: &Row) -> Role {
    let name = row.mnemonic;
    let plain = Role { is: 0, minds: is::JUMP, kind: Kind::Plain };
    match row.immediates {
        Immediates::I32 | Immediates::I64 => Role { is: is::CONST, ..plain },
        Immediates::Local if str_eq(name, "local.get") => Role { is: is::GET, kind: Kind::Get, ..plain },
        Immediates::Local if str_eq(name, "local.set") => Role { kind: Kind::Set, ..plain },
        Immediates::Local => Role { kind: Kind::Tee, ..plain },
        Immediates::If => Role { minds: is::JUMP | is::CONST | is::LOGIC, kind: Kind::Open, ..plain },
        Immediates::Block | Immediates::TryTable | Immediates::Try => Role { kind: Kind::Open, ..plain },
        Immediates::Else => Role { minds: 0, kind: Kind::Else, ..plain },
        Immediates::End | Immediates::Delegate => Role { minds: 0, kind: Kind::End, ..plain },
        // `rethrow` has a label, but does not branch to it.
        Immediates::Label if str_eq(name, "br") || str_eq(name, "rethrow") => {
            Role { is: is::JUMP, kind: Kind::Jump, ..plain }
        }
        Immediates::Label if str_eq(name, "br_if") => {
            Role { minds: is::JUMP | is::CONST | is::LOGIC, kind: Kind::Branch, ..plain }
        }
        Immediates::Label | Immediates::Resume | Immediates::ResumeThrow => {
            Role { kind: Kind::Branch, ..plain }
        }
        Immediates::Labels => Role { is: is::JUMP, minds: is::JUMP | is::CONST, kind: Kind::Jump },
        Immediates::Catch | Immediates::CatchAll => Role { minds: 0, kind: Kind::Catch, ..plain },
        Immediates::BrOnCast => Role { kind: Kind::Branch, ..plain },
        Immediates::RefType => Role { kind: Kind::Cast, ..plain },
        Immediates::Type if str_eq(name, "struct.new_default") => Role { is: is::PURE, ..plain },
        Immediates::Memory if str_eq(name, "memory.fill") => Role { kind: Kind::Store, ..plain },
        Immediates::Type if str_eq(name, "struct.new") => Role { is: is::PURE, kind: Kind::Store, ..plain },
        Immediates::Type if str_eq(name, "array.new") => Role { kind: Kind::Store, ..plain },
        Immediates::Type if str_eq(name, "array.fill") => Role { kind: Kind::Store, ..plain },
        Immediates::TypeLen => Role { kind: Kind::Store, ..plain },
        Immediates::No if str_eq(name, "ref.is_null") => {
            Role { is: is::PURE, kind: Kind::NullCheck, ..plain }
        }
        Immediates::No if str_eq(name, "ref.as_non_null") => Role { kind: Kind::NullCheck, ..plain },
        _ if str_contains(name, "return") || str_eq(name, "throw") || str_eq(name, "throw_ref") => {
            Role { is: is::JUMP, kind: Kind::Jump, ..plain }
        }
        Immediates::Func if str_eq(name, "call") => Role { kind: Kind::Call, ..plain },
        Immediates::No if str_eq(name, "unreachable") => Role { is: is::JUMP, minds: 0, kind: Kind::Jump },
        Immediates::No if str_eq(name, "nop") => Role { minds: 0, ..plain },
        Immediates::No if str_eq(name, "drop") => Role { minds: is::JUMP | is::PURE, ..plain },
        Immediates::Select => Role { is: is::PURE, minds: is::JUMP | is::CONST, ..plain },
        Immediates::TypeTag => Role { kind: Kind::Branch, ..plain },
        Immediates::Tag => Role { kind: Kind::Branch, ..plain },
        Immediates::Field | Immediates::Type if str_contains(name, ".set") => {
            Role { minds: is::JUMP | is::CONST, ..plain }
        }
        Immediates::No | Immediates::Lane(_) | Immediates::Shuffle => {
            let is = is::PURE & mask(is_pure(row))
                | is::SIGNED & mask(is_signed(name))
                | is::REMAINDER & mask(ends(name, ".rem_u"))
                | is::LOGIC & mask(str_eq(name, "i32.and") || str_eq(name, "i32.or"));
            Role { is, minds: is::JUMP | minded(name), ..plain }
        }
        _ => {
            let is = is::SMALL & mask(is_small(name)) | is::SIGNED & mask(is_signed(name));
            Role { is, minds: is::JUMP | minded(name), ..plain }
        }
    }
}

const fn mask(condition: bool) -> u8 {
    if condition { u8::MAX } else { 0 }
}

/// Whether an instruction without a reference to a definition only computes one value, and cannot trap.
const fn is_pure(row: &Row) -> bool {
    let name = row.mnemonic;
    let has_result = !ends(row.signature, "->");
    let is_excluded = is_division(name)
        || str_contains(name, ".trunc_f")
        || str_contains(name, "array.len")
        || str_contains(name, "i31.get")
        // Of two results, one may be needed.
        || ends(row.signature, "-> i64 i64");
    !row.signature.is_empty() && has_result && !is_excluded
}

/// Whether an instruction loads an integer of fewer bits than it returns, without its sign.
const fn is_small(name: &str) -> bool {
    ends(name, "load8_u") || ends(name, "load16_u") || ends(name, "load32_u")
}

/// Whether an instruction returns an integer of at most 16 bits with its sign.
const fn is_signed(name: &str) -> bool {
    ends(name, "load8_s")
        || ends(name, "load16_s")
        || ends(name, "extend8_s")
        || ends(name, "extend16_s")
        || ends(name, "extract_lane_s")
}

const fn is_integer(name: &str) -> bool {
    str_contains(name, "i32.") || str_contains(name, "i64.")
}

/// Whether the instruction is a division of integers, which traps if the divisor is zero.
pub(super) const fn is_division(name: &str) -> bool {
    str_contains(name, ".div_") || str_contains(name, ".rem_")
}

/// Whether the instruction compares integers.
pub(super) const fn is_comparison(name: &str) -> bool {
    is_integer(name)
        && (ends(name, ".eq")
            || ends(name, ".ne")
            || str_contains(name, ".lt_")
            || str_contains(name, ".gt_")
            || str_contains(name, ".le_")
            || str_contains(name, ".ge_"))
        && !str_contains(name, "atomic")
}

/// Whether the instruction shifts or rotates an integer or the lanes of a vector.
pub(super) const fn is_shift(name: &str) -> bool {
    ends(name, ".shl") || ends(name, ".shr_s") || ends(name, ".shr_u") || is_rotation(name)
}

pub(super) const fn is_rotation(name: &str) -> bool {
    ends(name, ".rotl") || ends(name, ".rotr")
}

/// The number of bits that the instruction keeps of its last operand, if that can be fewer than the operand has.
pub(super) const fn kept_bits(name: &str) -> Option<u32> {
    let is_write = str_contains(name, "store") && !str_contains(name, "v128") || is_atomic_write(name);
    let is_lane = ends(name, "splat") || ends(name, "replace_lane");
    if is_write && (ends(name, "store8") || str_contains(name, "rmw8"))
        || is_lane && str_contains(name, "i8x16")
    {
        return Some(8);
    }
    if is_write && (ends(name, "store16") || str_contains(name, "rmw16"))
        || is_lane && str_contains(name, "i16x8")
    {
        return Some(16);
    }
    if is_write && (ends(name, "store32") || str_contains(name, "rmw32")) {
        return Some(32);
    }
    None
}

const fn is_atomic_write(name: &str) -> bool {
    str_contains(name, ".atomic.rmw")
}

/// The constants before an instruction that may be mistakes.
const fn minded(name: &str) -> u8 {
    if is_comparison(name) {
        return is::CONST | is::GET;
    }
    let minds = is_shift(name)
        || is_division(name) && is_integer(name)
        || kept_bits(name).is_some()
        || ends(name, ".eqz");
    is::CONST & mask(minds)
}

/// Whether `text` ends with `end`, for use in constants.
const fn ends(text: &str, end: &str) -> bool {
    let (text, end) = (text.as_bytes(), end.as_bytes());
    if text.len() < end.len() {
        return false;
    }
    let mut at = 0;
    while at < end.len() {
        if text[text.len() - end.len() + at] != end[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str) -> Role {
        ROLES[usize::from(Op::named(name).unwrap_or_else(|| panic!("{name}")).index())]
    }

    #[test]
    fn computations_without_effects_are_pure() {
        for name in [
            "i32.add",
            "f64.sqrt",
            "i32.eqz",
            "i64.shl",
            "f32.trunc",
            "i8x16.add",
            "ref.is_null",
            "ref.eq",
            "select",
        ] {
            assert_eq!(role(name).is, is::PURE, "{name}");
        }
        for name in
            ["i32.div_s", "i32.trunc_f32_s", "array.len", "i31.get_s", "call", "i32.load", "nop", "drop"]
        {
            assert_eq!(role(name).is, 0, "{name}");
        }
    }

    #[test]
    fn jumps_never_continue_with_the_next_instruction() {
        let jumps: Vec<_> = Op::all().filter(|op| role(op.mnemonic()).is == is::JUMP).collect();
        let names: Vec<_> = jumps.iter().map(|op| op.mnemonic()).collect();
        assert_eq!(
            names,
            [
                "unreachable",
                "br",
                "br_table",
                "return",
                "return_call",
                "return_call_indirect",
                "return_call_ref",
                "throw_ref",
                "throw",
                "rethrow"
            ]
        );
    }

    #[test]
    fn narrow_stores_keep_few_bits() {
        for (name, bits) in [
            ("i32.store8", Some(8)),
            ("i64.store16", Some(16)),
            ("i64.store32", Some(32)),
            ("i32.store", None),
            ("i64.atomic.store8", Some(8)),
            ("i32.atomic.rmw16.xchg_u", Some(16)),
            ("i8x16.splat", Some(8)),
            ("i16x8.replace_lane", Some(16)),
            ("i32x4.splat", None),
            ("v128.store8_lane", None),
        ] {
            assert_eq!(kept_bits(name), bits, "{name}");
        }
    }
}
