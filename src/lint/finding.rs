//! What the checks find, as data.

use crate::ast::ValType;
use crate::diagnostic::Code;
use crate::instr::Op;
use crate::resolve::IndexSpace;
use crate::span::Span;

/// An instruction in the source text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Site {
    /// The start of its keyword.
    pub(crate) start: u32,
    pub(crate) op: Op,
}

/// A local or parameter.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Local {
    pub(crate) index: u32,
    /// The identifier in its declaration.
    pub(crate) id: Option<Span>,
    pub(crate) is_param: bool,
    pub(crate) ty: Option<ValType>,
}

/// A reference type, for messages.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RefName {
    pub(crate) nullable: bool,
    pub(crate) heap: HeapName,
}

/// A heap type, for messages.
#[derive(Clone, Copy, Debug)]
pub(crate) enum HeapName {
    /// A type of the module, with its identifier.
    Type(u32, Option<Span>),
    /// The abstract type with this byte in the binary format.
    Abstract(u8),
}

/// A call that a function always makes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Call {
    pub(crate) caller: u32,
    pub(crate) callee: u32,
    pub(crate) at: Site,
    /// The function that makes the call, and its identifier.
    pub(crate) func: Span,
    pub(crate) id: Option<Span>,
}

/// A possible mistake in a valid text.
#[derive(Clone, Debug)]
pub(crate) enum Finding {
    /// `at` never runs, because `jump` never continues. With `is_after`, the block that ends with `jump` is between them.
    Unreachable { at: Site, jump: Site, is_after: bool },
    /// The value of a computation is dropped.
    UnusedValue { value: Site, drop: Site },
    /// A local is read but never set.
    Unset { at: Site, local: Local },
    /// A value in a local is never read. `next` overwrites it.
    Unread { at: Site, local: Local, next: Option<Site> },
    /// A cast whose result is known.
    Cast { at: Site, succeeds: bool, operand: Site, branches: bool, from: RefName, to: RefName },
    /// A check for null of an operand that is never null.
    Null { at: Site, operand: Site, code: Code },
    /// A branch on a constant.
    Condition { value: Site, at: Site, holds: bool },
    /// A comparison with a known result.
    Comparison { at: Site, reason: Known, holds: bool },
    /// A shift by `count`, of a value or lane of `width` bits.
    Shift { at: Site, count: Site, value: i64, width: u32 },
    /// A constant of which only `bits` bits are kept.
    Truncated { value: Site, number: i64, bits: u32, at: Site },
    /// A division that always traps: by zero, or because the quotient is too large.
    Division { at: Site, divisor: Site, is_zero: bool },
    /// A segment whose `end` is beyond the `size` of the memory or table.
    Segment {
        at: Span,
        space: IndexSpace,
        target: Span,
        end: u128,
        size: u128,
        is_exact: bool,
        page: Option<u32>,
    },
    /// A function that always calls itself.
    Recursion { at: Site, func: Span, id: Option<Span> },
    /// A function that always calls itself by way of other functions: the calls, each with the function that makes it.
    Circle(Vec<Call>),
    /// A struct type that needs a value of itself.
    Uninhabitable { at: Span, field: Span, id: Option<Span>, is_own: bool },
    /// A label with the name of the label of an enclosing block.
    Shadowed { at: Site, outer: Site, name: Span },
    /// A segment with the name of a table or memory, which is not the one that it initializes by name.
    SegmentName { id: Span, space: IndexSpace, target: u32 },
    /// A name that looks like another one.
    Similar { id: Span, other: Span, space: IndexSpace, differ_in_case: bool },
    /// A definition, local, parameter or label that nothing uses.
    Unused { code: Code, at: Span, id: Option<Span>, space: IndexSpace, is_imported: bool },
}

/// Why the result of a comparison is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Known {
    /// Both operands are constants.
    Constants,
    /// Both operands are the same local.
    Same,
    /// All numbers of the type are on one side of the constant, which may be the left operand.
    Bound { number: i64, is_left: bool },
    /// The left operand is between `least` and `most`, and the right one is `number`.
    Range { least: i64, most: i64, number: i64 },
    /// The left operand only has bits of `mask`, and the right one is `number`.
    Mask { mask: i64, number: i64 },
}

impl Finding {
    pub(crate) fn code(&self) -> Code {
        match self {
            Finding::Unreachable { .. } => Code::UnreachableCode,
            Finding::UnusedValue { .. } => Code::UnusedValue,
            Finding::Unset { .. } => Code::UnsetLocal,
            Finding::Unread { .. } => Code::UnreadLocal,
            Finding::Cast { .. } => Code::KnownCast,
            Finding::Condition { .. } | Finding::Comparison { .. } => Code::ConstantCondition,
            Finding::Shift { .. } => Code::ShiftCount,
            Finding::Truncated { .. } => Code::TruncatedLiteral,
            Finding::Segment { .. } => Code::SegmentBeyondEnd,
            Finding::Division { .. } => Code::DivisionByZero,
            Finding::Null { code, .. } => *code,
            Finding::Recursion { .. } | Finding::Circle(_) => Code::InfiniteRecursion,
            Finding::Uninhabitable { .. } => Code::UninhabitableType,
            Finding::Shadowed { .. } => Code::ShadowedLabel,
            Finding::SegmentName { .. } => Code::SegmentNamedAsTarget,
            Finding::Similar { .. } => Code::SimilarNames,
            Finding::Unused { code, .. } => *code,
        }
    }
}
