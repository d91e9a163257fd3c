//! Faults of names, types and fields, as resolving and lowering find them. The explaining route words them.

use super::names::IndexSpace;
use crate::instr::Op;
use crate::span::Span;

/// A fault, as data.
#[derive(Clone, Debug)]
pub(crate) enum Fault {
    /// An identifier that no definition of the index space has.
    UnknownName { space: IndexSpace, at: Span },
    /// An identifier that no local of the function has.
    UnknownLocal { at: Span },
    /// An identifier that no open block has as its label. `visible` has the innermost labels that could be meant.
    UnknownLabel { at: Span, visible: Vec<Span> },
    /// An identifier that no field of the struct type has. `written` is the name of the type, if it has one there.
    UnknownField { at: Span, ty: u32, written: Option<Span> },
    /// A second definition with the name of the first.
    DuplicateName { space: IndexSpace, id: Span, first: Span },
    /// A type use whose type is not that of the parameters and results next to it.
    TypeUse { at: Span, index: u32, kind: TypeUseFault },
    /// A name instead of the length of an array.
    NameForLength { at: Span },
    /// An alignment, as a power of two, that the binary format cannot express.
    Alignment { at: Span, log2: u32 },
    /// A label after `end` or `else` (the keyword) that is not the label of the block.
    MismatchedLabel { at: Span, keyword: &'static str, label: Option<Span>, is_open: bool },
    /// A label with the name of a type. It is a warning.
    LabelNamedLikeType { at: Span },
    /// A branch hint on an instruction that is not a conditional branch.
    BranchHint { head: Span, at: Span, op: Op },
    /// Code metadata that no function or instruction follows.
    MetadataWithoutTarget { head: Span },
    /// A second start function.
    MultipleStart { at: Span, first: Span },
    /// An import after a definition of that index space.
    ImportAfterDefinition { at: Span, space: IndexSpace, defined: Span },
    /// A name that is not UTF-8.
    NameNotUtf8 { at: Span },
    /// Contents of an annotation that its family does not accept, and why.
    Annotation { at: Span, message: String },
}

/// The way in which a type use and its type disagree.
#[derive(Clone, Copy, Debug)]
pub(crate) enum TypeUseFault {
    /// The module defines fewer types.
    UnknownType,
    NotAFunctionType,
    OtherSignature,
}

impl Fault {
    /// Whether the module must be rejected.
    pub(crate) fn is_error(&self) -> bool {
        !matches!(self, Fault::LabelNamedLikeType { .. })
    }

    /// Returns the index space of an unknown name.
    pub(crate) fn unknown_in(&self) -> Option<IndexSpace> {
        match self {
            Fault::UnknownName { space, .. } => Some(*space),
            Fault::UnknownLocal { .. } => Some(IndexSpace::Local),
            Fault::UnknownLabel { .. } => Some(IndexSpace::Label),
            _ => None,
        }
    }
}
