//! The faults of objects, as data.

use super::parts::TypeKind;
use super::relocation::{Format, Method};
use crate::ast::LINKING;
use crate::resolve::IndexSpace;
use crate::span::Span;

/// A reason why a text cannot become an object, or should be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: Span,
    pub(crate) kind: FaultKind,
}

/// The kind of a fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    // What a linker cannot take.
    /// A type in use that linkers do not know, and a use of it.
    Type(TypeKind, Option<Span>),
    /// A reference type that linkers do not know, and where it is used.
    ValueType(Use),
    /// An initializer that is not a constant.
    Initializer(Init),
    /// A table with an initializer.
    TableInit,
    /// An element segment.
    Elem,
    /// An instruction that uses a data segment or an element segment.
    SegmentUse(IndexSpace),
    /// A second memory, and the first one.
    SecondMemory(Span),
    /// A memory with pages of another size.
    PageSize,
    /// A data segment whose place is not constant.
    SegmentPlace,
    /// The export of an import.
    ExportedImport,
    /// An import of position-independent code.
    PicImport,
    /// An import with an exact type.
    ExactImport,
    /// A shared global or table.
    Shared,
    /// A defined table with the name of the function table.
    OwnFunctionTable,
    /// A custom section that the assembler writes.
    OwnCustom(String),
    /// The section of dynamic libraries.
    Dylink,

    // Symbols.
    /// A second symbol with a name, and the first one.
    DuplicateSymbol {
        name: String,
        first: Option<Span>,
    },
    /// A second identifier in a space of symbols, and the first one.
    DuplicateId {
        first: Span,
    },
    /// A name that is empty.
    EmptyName,
    /// An export of a local symbol.
    LocalExport,
    /// An unknown symbol, and the spaces that were searched.
    UnknownSymbol(Vec<Space>),
    /// A name of several kinds of symbols, which needs a method.
    AmbiguousSymbol(Vec<Space>),
    /// A symbol of another kind than the method or the place needs.
    WrongKind {
        found: Space,
        expected: Method,
    },
    /// A symbol of another definition than the instruction refers to.
    OtherSymbol,
    /// A data segment that is not a symbol, because symbols in it are declared.
    SegmentNotSymbol,
    UnknownComdat,
    DuplicateComdat(Span),
    /// A comdat of something that linkers do not take into one.
    ComdatOf(Target),

    // Annotations.
    /// An annotation of linking at a place where it has no meaning.
    Place(Annotation),
    /// A `@sym` after the type use or another part of the definition.
    AfterType,
    /// A second primary symbol.
    SecondPrimary(Span),
    /// A second annotation of a data segment.
    SecondSegment(Span),
    /// A second symbol of a table.
    SecondTableSymbol,
    /// A second import of a table.
    SecondTableImport,
    /// A segment with the name of one of zeros, and other bytes.
    NotZeros,
    /// A `ref.func` of a weak import.
    WeakReference,
    /// A relocation in a segment of strings that a linker merges.
    InStrings,
    /// A second comdat of a definition or data segment.
    SecondComdat(Span),
    /// A name similar to that of an annotation of linking.
    SimilarAnnotation(&'static str),
    /// Something else was expected within an annotation.
    Expected(&'static str),
    UnknownQualifier,
    /// A qualifier that the target does not have.
    NoQualifier(Target),
    SecondQualifier(Span),
    /// A value that the qualifier does not have: the expected values.
    QualifierValue(&'static str),
    /// A qualifier without its value: the values that it can have.
    NoValue(&'static str),
    /// A value of a qualifier that has none.
    Valueless,
    LocalImport,
    WeakImport(Target),
    NotUtf8,
    /// The function of `init_prio` has parameters or results.
    InitSignature,
    /// An alignment that is not a power of two.
    Alignment,
    /// A number that is too large.
    TooLarge,
    /// A symbol that extends past the end of its segment, with the number of bytes that are left.
    PastEnd(u64),
    UnknownMethod,
    /// A part of a relocation after a part that must follow it.
    Order,
    /// A relocation without a format in data.
    NoFormat,
    WrongFormat {
        found: Format,
        expected: Vec<Format>,
    },
    WrongMethod {
        found: Method,
        expected: Vec<Method>,
    },
    /// A combination of format, method and modifier that is not a relocation.
    NoRelocation,
    NoSymbol,
    /// An addend without a sign.
    UnsignedAddend,
    /// A sign without a number.
    LoneSign,
    /// An address of thread-local data without `tls`.
    NeedsTls,
    /// An address of thread-local data in data.
    ThreadLocalInData,
    /// A relocation with `tls` of data that is not thread-local.
    NotThreadLocal,
    /// An addend of a relocation that has none.
    NoAddend(Method),
    /// A number other than zero before a relocation of a function.
    NumberBefore,
    /// Fewer bytes before a relocation than it changes: their number and the number that is needed.
    TooFewBytes(u64, u64),
    /// Relocations that change the same bytes.
    Overlap(Span),
    /// A label in place of an addend.
    LabelAddend,

    // Warnings.
    /// A data segment without a symbol.
    UnnamedSegment,
    /// A number that is the place of a data segment and has no relocation: the number and the place.
    UnrelocatedAddress {
        number: u64,
        segment: Span,
    },
    ExportedMemory,
    /// An export with the name under which linkers export the memory.
    NameOfMemory,
    /// A symbol with an address that linkers do not take as absolute.
    AbsoluteSymbol,
    /// A symbol that is local because another definition has its name.
    LocalBecauseOf {
        name: String,
        first: Option<Span>,
    },
    /// Code metadata, which is omitted.
    CodeMetadata(String),
}

impl FaultKind {
    /// Whether the text cannot become an object.
    pub(crate) fn is_error(&self) -> bool {
        !matches!(
            self,
            FaultKind::UnnamedSegment
                | FaultKind::UnrelocatedAddress { .. }
                | FaultKind::ExportedMemory
                | FaultKind::AbsoluteSymbol
                | FaultKind::NameOfMemory
                | FaultKind::LocalBecauseOf { .. }
                | FaultKind::CodeMetadata(_)
        )
    }
}

/// A use of a value type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Use {
    Signature,
    Table,
    Global,
}

/// An initializer that linkers do not know, by its instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Init {
    /// `ref.null` of another type than `extern`.
    Null,
    RefFunc,
    GlobalGet,
    V128,
    Other,
}

/// A space of symbols.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Space {
    Func,
    Global,
    Table,
    Tag,
    Type,
    Data,
}

impl Space {
    /// The spaces of symbols; types have none.
    pub(crate) const OF_SYMBOLS: [Space; 5] =
        [Space::Func, Space::Data, Space::Global, Space::Table, Space::Tag];

    pub(crate) fn describe(self) -> &'static str {
        match self {
            Space::Func => "function",
            Space::Global => "global",
            Space::Table => "table",
            Space::Tag => "tag",
            Space::Type => "type",
            Space::Data => "data symbol",
        }
    }
}

/// The target of qualifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Func,
    FuncImport,
    /// A global, table or tag.
    Other(Space),
    OtherImport(Space),
    DataSymbol,
    DataImport,
    Segment,
}

/// The annotations of linking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Annotation {
    Reloc,
    Sym,
    DataImport,
    Segment,
    Label,
    Comdat,
}

impl Annotation {
    pub(crate) const ALL: [Annotation; 6] = [
        Annotation::Reloc,
        Annotation::Sym,
        Annotation::DataImport,
        Annotation::Segment,
        Annotation::Label,
        Annotation::Comdat,
    ];

    pub(crate) fn name(self) -> &'static str {
        LINKING[self as usize]
    }
}
