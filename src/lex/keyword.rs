//! The keywords: a hash table that is built at compile time.

use super::token_kind::Kind;
use crate::instr::{Immediates, Op};

/// The token kind of a word: alone, and fused with a preceding parenthesis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) kind: Kind,
    pub(crate) fused: Option<Kind>,
    pub(crate) code: u16,
}

/// The words that are not instructions: the kind of the word alone, its code, and its kind when it is fused with a
/// preceding parenthesis. Words that are valid only after a parenthesis have [`Kind::Word`] alone.
#[rustfmt::skip]
const WORDS: &[(&str, Kind, u16, Option<Kind>)] = &[
    // Fields of a module and their parts.
    ("module",      Kind::Word,        0, Some(Kind::ParenModule)),
    ("type",        Kind::Word,        0, Some(Kind::ParenType)),
    ("rec",         Kind::Word,        0, Some(Kind::ParenRec)),
    ("import",      Kind::Word,        0, Some(Kind::ParenImport)),
    ("func",        Kind::Func,     0x70, Some(Kind::ParenFunc)),
    ("table",       Kind::Word,        0, Some(Kind::ParenTable)),
    ("memory",      Kind::Word,        0, Some(Kind::ParenMemory)),
    ("global",      Kind::Word,        0, Some(Kind::ParenGlobal)),
    ("tag",         Kind::Word,        0, Some(Kind::ParenTag)),
    ("export",      Kind::Word,        0, Some(Kind::ParenExport)),
    ("start",       Kind::Word,        0, Some(Kind::ParenStart)),
    ("elem",        Kind::Word,        0, Some(Kind::ParenElem)),
    ("data",        Kind::Word,        0, Some(Kind::ParenData)),
    ("param",       Kind::Word,        0, Some(Kind::ParenParam)),
    ("result",      Kind::Word,        0, Some(Kind::ParenResult)),
    ("local",       Kind::Word,        0, Some(Kind::ParenLocal)),
    ("offset",      Kind::Word,        0, Some(Kind::ParenOffset)),
    ("item",        Kind::Word,        0, Some(Kind::ParenItem)),
    ("declare",     Kind::Declare,     0, None),
    ("pagesize",    Kind::Word,        0, Some(Kind::ParenPageSize)),

    // Types. The code of an abstract heap type is its byte in the binary format.
    ("i32",         Kind::I32,      0x7f, None),
    ("i64",         Kind::I64,      0x7e, None),
    ("f32",         Kind::NumType,  0x7d, None),
    ("f64",         Kind::NumType,  0x7c, None),
    ("v128",        Kind::V128,     0x7b, None),
    ("i8",          Kind::PackedType, 0x78, None),
    ("i16",         Kind::PackedType, 0x77, None),
    ("nocont",      Kind::AbsHeapType, 0x75, None),
    ("noexn",       Kind::AbsHeapType, 0x74, None),
    ("nofunc",      Kind::AbsHeapType, 0x73, None),
    ("noextern",    Kind::AbsHeapType, 0x72, None),
    ("none",        Kind::AbsHeapType, 0x71, None),
    ("extern",      Kind::AbsHeapType, 0x6f, None),
    ("any",         Kind::AbsHeapType, 0x6e, None),
    ("eq",          Kind::AbsHeapType, 0x6d, None),
    ("i31",         Kind::AbsHeapType, 0x6c, None),
    ("struct",      Kind::AbsHeapType, 0x6b, Some(Kind::ParenStruct)),
    ("array",       Kind::AbsHeapType, 0x6a, Some(Kind::ParenArray)),
    ("exn",         Kind::AbsHeapType, 0x69, None),
    ("cont",        Kind::AbsHeapType, 0x68, Some(Kind::ParenCont)),
    ("nullcontref", Kind::RefType,  0x75, None),
    ("nullexnref",  Kind::RefType,  0x74, None),
    ("nullfuncref", Kind::RefType,  0x73, None),
    ("nullexternref", Kind::RefType, 0x72, None),
    ("nullref",     Kind::RefType,  0x71, None),
    ("funcref",     Kind::RefType,  0x70, None),
    ("externref",   Kind::RefType,  0x6f, None),
    ("anyref",      Kind::RefType,  0x6e, None),
    ("eqref",       Kind::RefType,  0x6d, None),
    ("i31ref",      Kind::RefType,  0x6c, None),
    ("structref",   Kind::RefType,  0x6b, None),
    ("arrayref",    Kind::RefType,  0x6a, None),
    ("exnref",      Kind::RefType,  0x69, None),
    ("contref",     Kind::RefType,  0x68, None),
    ("null",        Kind::Null,        0, None),
    ("mut",         Kind::Mut,         0, Some(Kind::ParenMut)),
    ("ref",         Kind::Word,        0, Some(Kind::ParenRef)),
    ("shared",      Kind::Shared,      0, Some(Kind::ParenShared)),
    ("exact",       Kind::Word,        0, Some(Kind::ParenExact)),
    ("sub",         Kind::Word,        0, Some(Kind::ParenSub)),
    ("final",       Kind::Final,       0, None),
    ("field",       Kind::Word,        0, Some(Kind::ParenField)),
    ("describes",   Kind::Word,        0, Some(Kind::ParenDescribes)),
    ("descriptor",  Kind::Word,        0, Some(Kind::ParenDescriptor)),

    // Immediates of instructions. The code of a shape is its position in this list. The code of a memory order is 0
    // for sequential consistency and 1 for acquire and release; the older spelling adds 2.
    ("i8x16",       Kind::Shape,       0, None),
    ("i16x8",       Kind::Shape,       1, None),
    ("i32x4",       Kind::Shape,       2, None),
    ("i64x2",       Kind::Shape,       3, None),
    ("f32x4",       Kind::Shape,       4, None),
    ("f64x2",       Kind::Shape,       5, None),
    ("seqcst",      Kind::Order,       0, None),
    ("acqrel",      Kind::Order,       1, None),
    ("seq_cst",     Kind::Order,       2, None),
    ("acq_rel",     Kind::Order,       3, None),
    ("then",        Kind::Word,        0, Some(Kind::ParenThen)),
    ("do",          Kind::Word,        0, Some(Kind::ParenDo)),
    ("catch_ref",   Kind::Word,        0, Some(Kind::ParenCatchRef)),
    ("catch_all_ref", Kind::Word,      0, Some(Kind::ParenCatchAllRef)),
    ("on",          Kind::Word,        0, Some(Kind::ParenOn)),
    ("inf",         Kind::Float,       0, None),
    ("nan",         Kind::Float,       0, None),
    ("nan:canonical", Kind::NanPattern, 0, None),
    ("nan:arithmetic", Kind::NanPattern, 1, None),

    // Scripts.
    ("binary",      Kind::Binary,      0, None),
    ("quote",       Kind::Quote,       0, None),
    ("definition",  Kind::Definition,  0, None),
    ("instance",    Kind::Instance,    0, None),
    ("register",    Kind::Word,        0, Some(Kind::ParenRegister)),
    ("invoke",      Kind::Word,        0, Some(Kind::ParenInvoke)),
    ("get",         Kind::Word,        0, Some(Kind::ParenGet)),
    ("either",      Kind::Word,        0, Some(Kind::ParenEither)),
    ("thread",      Kind::Word,        0, Some(Kind::ParenThread)),
    ("wait",        Kind::Word,        0, Some(Kind::ParenWait)),
    ("assert_return",           Kind::Word, 0, Some(Kind::ParenAssertReturn)),
    ("assert_exception",        Kind::Word, 0, Some(Kind::ParenAssertException)),
    ("assert_trap",             Kind::Word, 0, Some(Kind::ParenAssertExec)),
    ("assert_exhaustion",       Kind::Word, 0, Some(Kind::ParenAssertExec)),
    ("assert_suspension",       Kind::Word, 0, Some(Kind::ParenAssertExec)),
    ("assert_malformed",        Kind::Word, 0, Some(Kind::ParenAssertModule)),
    ("assert_malformed_custom", Kind::Word, 0, Some(Kind::ParenAssertModule)),
    ("assert_invalid",          Kind::Word, 0, Some(Kind::ParenAssertModule)),
    ("assert_invalid_custom",   Kind::Word, 0, Some(Kind::ParenAssertModule)),
    ("assert_unlinkable",       Kind::Word, 0, Some(Kind::ParenAssertModule)),
];

/// Returns the token kind of an instruction.
pub(crate) fn kind_of(op: Op) -> Kind {
    terminal(op.immediates()).0
}

/// Returns the token kind of an instruction with these immediates, and its kind when it is fused with a preceding
/// parenthesis.
const fn terminal(immediates: Immediates) -> (Kind, Option<Kind>) {
    let kind = match immediates {
        Immediates::No => Kind::Instr,
        Immediates::Block => Kind::OpBlock,
        Immediates::If => Kind::OpIf,
        Immediates::TryTable => Kind::OpTryTable,
        Immediates::Try => Kind::OpTry,
        Immediates::Else => return (Kind::OpElse, Some(Kind::ParenElse)),
        Immediates::End => Kind::OpEnd,
        Immediates::Catch => return (Kind::OpCatch, Some(Kind::ParenCatch)),
        Immediates::CatchAll => return (Kind::OpCatchAll, Some(Kind::ParenCatchAll)),
        Immediates::Delegate => return (Kind::OpDelegate, Some(Kind::ParenDelegate)),
        Immediates::Label
        | Immediates::Func
        | Immediates::Type
        | Immediates::Local
        | Immediates::Global
        | Immediates::Tag
        | Immediates::Data
        | Immediates::Elem => Kind::OpIndex,
        Immediates::Labels => Kind::OpLabels,
        Immediates::Table | Immediates::Memory => Kind::OpOptIndex,
        Immediates::MemArg(_) => Kind::OpMemArg,
        Immediates::AtomicMemArg(_) | Immediates::RmwMemArg(_) => Kind::OpAtomic,
        Immediates::MemArgLane(_) => Kind::OpMemLane,
        Immediates::Lane(_) => Kind::OpLane,
        Immediates::I32 | Immediates::I64 => Kind::OpInt,
        Immediates::F32 | Immediates::F64 => Kind::OpFloat,
        Immediates::V128 => Kind::OpV128,
        Immediates::Shuffle => Kind::OpShuffle,
        Immediates::Select => Kind::OpSelect,
        Immediates::HeapType => Kind::OpHeapType,
        Immediates::RefType => Kind::OpRefType,
        Immediates::BrOnCast => Kind::OpBrOnCast,
        Immediates::Field
        | Immediates::TypeLen
        | Immediates::TypeData
        | Immediates::TypeElem
        | Immediates::TypeType => Kind::OpIndex2,
        Immediates::TypeTag => Kind::OpSwitch,
        Immediates::MemoryInit | Immediates::TableInit => Kind::OpInit,
        Immediates::MemoryCopy | Immediates::TableCopy => Kind::OpCopy,
        Immediates::CallIndirect => Kind::OpCallIndirect,
        Immediates::Resume => Kind::OpResume,
        Immediates::ResumeThrow => Kind::OpResumeThrow,
        Immediates::OrderedGlobal | Immediates::OrderedType => Kind::OpOrdIndex,
        Immediates::OrderedTable => Kind::OpOrdOptIndex,
        Immediates::OrderedField => Kind::OpOrdIndex2,
        Immediates::Ordering => Kind::OpFence,
    };
    (kind, None)
}

/// Returns the keyword of an instruction.
pub(crate) fn of_op(op: Op) -> Word {
    let (kind, fused) = terminal(op.immediates());
    Word { kind, fused, code: op.index() }
}

/// A slot of the hash table. The first and the last eight bytes identify words of up to sixteen bytes; only longer
/// words are compared as a whole. It contains no pointer, so that loading the program needs no relocations.
#[derive(Clone, Copy)]
struct Slot {
    first: u64,
    last: u64,
    word: Word,
    len: u8,
    /// The number of the word; see [`name`].
    number: u16,
}

const SLOTS: usize = 2048;
const EMPTY: Slot =
    Slot { first: 0, last: 0, word: Word { kind: Kind::Word, fused: None, code: 0 }, len: 0, number: 0 };

/// The hash table. Instructions are inserted first, those of the first version before others, so that frequent words
/// need only one probe.
static KEYWORDS: [Slot; SLOTS] = {
    let mut slots = [EMPTY; SLOTS];
    let mut number = 0;
    while let Some(op) = Op::nth(number) {
        let (kind, fused) = terminal(op.immediates());
        insert(&mut slots, number, Word { kind, fused, code: op.index() });
        number += 1;
    }
    let mut i = 0;
    while i < WORDS.len() {
        let (_, kind, code, fused) = WORDS[i];
        insert(&mut slots, number + i, Word { kind, fused, code });
        i += 1;
    }
    slots
};

const fn insert(slots: &mut [Slot; SLOTS], number: usize, word: Word) {
    let bytes = name(number).as_bytes();
    let (first, last) = ends_slowly(bytes, 0, bytes.len());
    let mut at = hash(first, last, bytes.len());
    while slots[at].len > 0 {
        at = (at + 1) % SLOTS;
    }
    slots[at] = Slot { first, last, word, len: bytes.len() as u8, number: number as u16 };
}

/// Returns the word with this number. Instructions come first, in the order of their table.
const fn name(number: usize) -> &'static str {
    match Op::nth(number) {
        Some(op) => op.mnemonic(),
        None => WORDS[number - Op::COUNT].0,
    }
}

#[inline]
const fn hash(first: u64, last: u64, len: usize) -> usize {
    let mixed = (first ^ last.rotate_left(23) ^ len as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed >> (64 - SLOTS.trailing_zeros())) as usize
}

/// Returns the first and the last eight bytes of a word as numbers. For a shorter word both are the whole word, padded
/// with zeros.
const fn ends_slowly(bytes: &[u8], start: usize, end: usize) -> (u64, u64) {
    let len = if end - start < 8 { end - start } else { 8 };
    let mut first = 0;
    let mut i = 0;
    while i < len {
        first |= (bytes[start + i] as u64) << (8 * i);
        i += 1;
    }
    let mut last = 0;
    let mut i = 0;
    while i < len {
        last |= (bytes[end - len + i] as u64) << (8 * i);
        i += 1;
    }
    (first, last)
}

/// Does the same as [`ends_slowly`], with two loads if the surrounding text is long enough.
#[inline]
fn ends(bytes: &[u8], start: usize, end: usize) -> (u64, u64) {
    match (bytes[start..].first_chunk(), bytes[..end].last_chunk()) {
        (Some(first), Some(last)) => {
            // A short word has fewer than eight bytes.
            let cut = 8 * (8 - (end - start).clamp(1, 8));
            (u64::from_le_bytes(*first) & u64::MAX >> cut, u64::from_le_bytes(*last) >> cut)
        }
        _ => ends_slowly(bytes, start, end),
    }
}

/// Returns the instruction with this mnemonic, or `None` if there is none.
pub(crate) fn op(mnemonic: &str) -> Option<Op> {
    let word = lookup(mnemonic.as_bytes(), 0, mnemonic.len());
    let op = Op::nth(word.code.into()).filter(|op| op.mnemonic() == mnemonic);
    op.filter(|_| word.kind.is_op())
}

/// Looks up the word at `start..end` of `text`.
#[inline]
pub(crate) fn lookup(text: &[u8], start: usize, end: usize) -> Word {
    known(text, start, end).unwrap_or_else(|| other(&text[start..end]))
}

/// Looks up the word at `start..end` of `text`. Returns `None` if it is not a keyword.
#[inline]
pub(crate) fn known(text: &[u8], start: usize, end: usize) -> Option<Word> {
    let (first, last) = ends(text, start, end);
    find(first, last, end - start, |name| name.as_bytes() == &text[start..end])
}

/// Looks up a word of at most sixteen bytes by its first and last eight. Returns `None` if it is not a keyword.
#[inline]
pub(crate) fn of_short(first: u64, last: u64, len: usize) -> Option<Word> {
    find(first, last, len, |_| true)
}

#[inline]
fn find(first: u64, last: u64, len: usize, is_long: impl Fn(&str) -> bool) -> Option<Word> {
    let mut at = hash(first, last, len);
    loop {
        let slot = &KEYWORDS[at % SLOTS];
        let ends_agree = slot.first == first && slot.last == last && usize::from(slot.len) == len;
        if ends_agree && (len <= 16 || is_long(name(slot.number.into()))) {
            return Some(slot.word);
        }
        if slot.len == 0 {
            return None;
        }
        at += 1;
    }
}

/// Returns the kind of a word that is not in the table.
#[cold]
fn other(text: &[u8]) -> Word {
    let kind = if text.starts_with(b"offset=") {
        Kind::OffsetEq
    } else if text.starts_with(b"align=") {
        Kind::AlignEq
    } else if text.starts_with(b"nan:0x") {
        crate::lex::number::classify(text)
    } else {
        Kind::Word
    };
    Word { kind, fused: None, code: 0 }
}

/// All words of the table that are not instructions.
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    WORDS.iter().map(|(name, ..)| *name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_keyword_is_found_with_and_without_surrounding_text() {
        for word in Op::all().map(Op::mnemonic).chain(words()) {
            let alone = known(word.as_bytes(), 0, word.len()).map(|word| (word.kind, word.code));
            assert!(alone.is_some(), "{word}");
            let text = format!("01234567{word} 01234567");
            let found = known(text.as_bytes(), 8, 8 + word.len()).map(|word| (word.kind, word.code));
            assert_eq!(found, alone, "{word}");
            let longer = known(text.as_bytes(), 7, 8 + word.len());
            assert!(longer.is_none(), "{word}");
        }
        assert!(known(b"01234567 01234567", 8, 8).is_none());
    }
}
