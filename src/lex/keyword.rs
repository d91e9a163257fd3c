//! The keywords: a hash table that is built at compile time.

use super::token_kind::TokenKind;
use crate::instr::{Immediates, Op};

/// The token kind of a word: alone, and fused with a preceding parenthesis.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Word {
    pub(crate) kind: TokenKind,
    pub(crate) fused: Option<TokenKind>,
    pub(crate) code: u16,
}

/// The words that are not instructions: the kind of the word alone, its code, and its kind when it is fused with a
/// preceding parenthesis. Words that are valid only after a parenthesis have [`TokenKind::Word`] alone.
#[rustfmt::skip]
const WORDS: &[(&str, TokenKind, u16, Option<TokenKind>)] = &[
    // Fields of a module and their parts.
    ("module",      TokenKind::Word,        0, Some(TokenKind::ParenModule)),
    ("type",        TokenKind::Word,        0, Some(TokenKind::ParenType)),
    ("rec",         TokenKind::Word,        0, Some(TokenKind::ParenRec)),
    ("import",      TokenKind::Word,        0, Some(TokenKind::ParenImport)),
    ("func",        TokenKind::Func,     0x70, Some(TokenKind::ParenFunc)),
    ("table",       TokenKind::Word,        0, Some(TokenKind::ParenTable)),
    ("memory",      TokenKind::Word,        0, Some(TokenKind::ParenMemory)),
    ("global",      TokenKind::Word,        0, Some(TokenKind::ParenGlobal)),
    ("tag",         TokenKind::Word,        0, Some(TokenKind::ParenTag)),
    ("export",      TokenKind::Word,        0, Some(TokenKind::ParenExport)),
    ("start",       TokenKind::Word,        0, Some(TokenKind::ParenStart)),
    ("elem",        TokenKind::Word,        0, Some(TokenKind::ParenElem)),
    ("data",        TokenKind::Word,        0, Some(TokenKind::ParenData)),
    ("param",       TokenKind::Word,        0, Some(TokenKind::ParenParam)),
    ("result",      TokenKind::Word,        0, Some(TokenKind::ParenResult)),
    ("local",       TokenKind::Word,        0, Some(TokenKind::ParenLocal)),
    ("offset",      TokenKind::Word,        0, Some(TokenKind::ParenOffset)),
    ("item",        TokenKind::Word,        0, Some(TokenKind::ParenItem)),
    ("declare",     TokenKind::Declare,     0, None),
    ("pagesize",    TokenKind::Word,        0, Some(TokenKind::ParenPageSize)),

    // Types. The code of an abstract heap type is its byte in the binary format.
    ("i32",         TokenKind::I32,      0x7f, None),
    ("i64",         TokenKind::I64,      0x7e, None),
    ("f32",         TokenKind::NumType,  0x7d, None),
    ("f64",         TokenKind::NumType,  0x7c, None),
    ("v128",        TokenKind::V128,     0x7b, None),
    ("i8",          TokenKind::PackedType, 0x78, None),
    ("i16",         TokenKind::PackedType, 0x77, None),
    ("nocont",      TokenKind::AbsHeapType, 0x75, None),
    ("noexn",       TokenKind::AbsHeapType, 0x74, None),
    ("nofunc",      TokenKind::AbsHeapType, 0x73, None),
    ("noextern",    TokenKind::AbsHeapType, 0x72, None),
    ("none",        TokenKind::AbsHeapType, 0x71, None),
    ("extern",      TokenKind::AbsHeapType, 0x6f, None),
    ("any",         TokenKind::AbsHeapType, 0x6e, None),
    ("eq",          TokenKind::AbsHeapType, 0x6d, None),
    ("i31",         TokenKind::AbsHeapType, 0x6c, None),
    ("struct",      TokenKind::AbsHeapType, 0x6b, Some(TokenKind::ParenStruct)),
    ("array",       TokenKind::AbsHeapType, 0x6a, Some(TokenKind::ParenArray)),
    ("exn",         TokenKind::AbsHeapType, 0x69, None),
    ("cont",        TokenKind::AbsHeapType, 0x68, Some(TokenKind::ParenCont)),
    ("nullcontref", TokenKind::RefType,  0x75, None),
    ("nullexnref",  TokenKind::RefType,  0x74, None),
    ("nullfuncref", TokenKind::RefType,  0x73, None),
    ("nullexternref", TokenKind::RefType, 0x72, None),
    ("nullref",     TokenKind::RefType,  0x71, None),
    ("funcref",     TokenKind::RefType,  0x70, None),
    ("externref",   TokenKind::RefType,  0x6f, None),
    ("anyref",      TokenKind::RefType,  0x6e, None),
    ("eqref",       TokenKind::RefType,  0x6d, None),
    ("i31ref",      TokenKind::RefType,  0x6c, None),
    ("structref",   TokenKind::RefType,  0x6b, None),
    ("arrayref",    TokenKind::RefType,  0x6a, None),
    ("exnref",      TokenKind::RefType,  0x69, None),
    ("contref",     TokenKind::RefType,  0x68, None),
    ("null",        TokenKind::Null,        0, None),
    ("mut",         TokenKind::Mut,         0, Some(TokenKind::ParenMut)),
    ("ref",         TokenKind::Word,        0, Some(TokenKind::ParenRef)),
    ("shared",      TokenKind::Shared,      0, Some(TokenKind::ParenShared)),
    ("exact",       TokenKind::Word,        0, Some(TokenKind::ParenExact)),
    ("sub",         TokenKind::Word,        0, Some(TokenKind::ParenSub)),
    ("final",       TokenKind::Final,       0, None),
    ("field",       TokenKind::Word,        0, Some(TokenKind::ParenField)),
    ("describes",   TokenKind::Word,        0, Some(TokenKind::ParenDescribes)),
    ("descriptor",  TokenKind::Word,        0, Some(TokenKind::ParenDescriptor)),

    // Immediates of instructions. The code of a shape is its position in this list. The code of a memory order is 0
    // for sequential consistency and 1 for acquire and release; the older spelling adds 2.
    ("i8x16",       TokenKind::Shape,       0, None),
    ("i16x8",       TokenKind::Shape,       1, None),
    ("i32x4",       TokenKind::Shape,       2, None),
    ("i64x2",       TokenKind::Shape,       3, None),
    ("f32x4",       TokenKind::Shape,       4, None),
    ("f64x2",       TokenKind::Shape,       5, None),
    ("seqcst",      TokenKind::Order,       0, None),
    ("acqrel",      TokenKind::Order,       1, None),
    ("seq_cst",     TokenKind::Order,       2, None),
    ("acq_rel",     TokenKind::Order,       3, None),
    ("then",        TokenKind::Word,        0, Some(TokenKind::ParenThen)),
    ("do",          TokenKind::Word,        0, Some(TokenKind::ParenDo)),
    ("catch_ref",   TokenKind::Word,        0, Some(TokenKind::ParenCatchRef)),
    ("catch_all_ref", TokenKind::Word,      0, Some(TokenKind::ParenCatchAllRef)),
    ("on",          TokenKind::Word,        0, Some(TokenKind::ParenOn)),
    ("inf",         TokenKind::Float,       0, None),
    ("nan",         TokenKind::Float,       0, None),
    ("nan:canonical", TokenKind::NanPattern, 0, None),
    ("nan:arithmetic", TokenKind::NanPattern, 1, None),

    // Scripts.
    ("binary",      TokenKind::Binary,      0, None),
    ("quote",       TokenKind::Quote,       0, None),
    ("definition",  TokenKind::Definition,  0, None),
    ("instance",    TokenKind::Instance,    0, None),
    ("register",    TokenKind::Word,        0, Some(TokenKind::ParenRegister)),
    ("invoke",      TokenKind::Word,        0, Some(TokenKind::ParenInvoke)),
    ("get",         TokenKind::Word,        0, Some(TokenKind::ParenGet)),
    ("either",      TokenKind::Word,        0, Some(TokenKind::ParenEither)),
    ("thread",      TokenKind::Word,        0, Some(TokenKind::ParenThread)),
    ("wait",        TokenKind::Word,        0, Some(TokenKind::ParenWait)),
    ("assert_return",           TokenKind::Word, 0, Some(TokenKind::ParenAssertReturn)),
    ("assert_exception",        TokenKind::Word, 0, Some(TokenKind::ParenAssertException)),
    ("assert_trap",             TokenKind::Word, 0, Some(TokenKind::ParenAssertExec)),
    ("assert_exhaustion",       TokenKind::Word, 0, Some(TokenKind::ParenAssertExec)),
    ("assert_suspension",       TokenKind::Word, 0, Some(TokenKind::ParenAssertExec)),
    ("assert_malformed",        TokenKind::Word, 0, Some(TokenKind::ParenAssertModule)),
    ("assert_malformed_custom", TokenKind::Word, 0, Some(TokenKind::ParenAssertModule)),
    ("assert_invalid",          TokenKind::Word, 0, Some(TokenKind::ParenAssertModule)),
    ("assert_invalid_custom",   TokenKind::Word, 0, Some(TokenKind::ParenAssertModule)),
    ("assert_unlinkable",       TokenKind::Word, 0, Some(TokenKind::ParenAssertModule)),
];

/// Returns the name of the abstract heap type with this byte in the binary format.
pub(crate) fn abstract_heap_type(byte: u8) -> Option<&'static str> {
    let is_heap_type = |kind| matches!(kind, TokenKind::AbsHeapType | TokenKind::Func);
    WORDS
        .iter()
        .find(|(_, kind, code, _)| *code == u16::from(byte) && is_heap_type(*kind))
        .map(|(name, ..)| *name)
}

/// Returns the token kind of an instruction.
pub(crate) fn kind_of(op: Op) -> TokenKind {
    terminal(op.immediates()).0
}

/// Returns the token kind of an instruction with these immediates, and its kind when it is fused with a preceding
/// parenthesis.
const fn terminal(immediates: Immediates) -> (TokenKind, Option<TokenKind>) {
    let kind = match immediates {
        Immediates::No => TokenKind::Instr,
        Immediates::Block => TokenKind::OpBlock,
        Immediates::If => TokenKind::OpIf,
        Immediates::TryTable => TokenKind::OpTryTable,
        Immediates::Try => TokenKind::OpTry,
        Immediates::Else => return (TokenKind::OpElse, Some(TokenKind::ParenElse)),
        Immediates::End => TokenKind::OpEnd,
        Immediates::Catch => return (TokenKind::OpCatch, Some(TokenKind::ParenCatch)),
        Immediates::CatchAll => return (TokenKind::OpCatchAll, Some(TokenKind::ParenCatchAll)),
        Immediates::Delegate => return (TokenKind::OpDelegate, Some(TokenKind::ParenDelegate)),
        Immediates::Label
        | Immediates::Func
        | Immediates::Type
        | Immediates::Local
        | Immediates::Global
        | Immediates::Tag
        | Immediates::Data
        | Immediates::Elem => TokenKind::OpIndex,
        Immediates::Labels => TokenKind::OpLabels,
        Immediates::Table | Immediates::Memory => TokenKind::OpOptIndex,
        Immediates::MemArg(_) => TokenKind::OpMemArg,
        Immediates::AtomicMemArg(_) | Immediates::RmwMemArg(_) => TokenKind::OpAtomic,
        Immediates::MemArgLane(_) => TokenKind::OpMemLane,
        Immediates::Lane(_) => TokenKind::OpLane,
        Immediates::I32 | Immediates::I64 => TokenKind::OpInt,
        Immediates::F32 | Immediates::F64 => TokenKind::OpFloat,
        Immediates::V128 => TokenKind::OpV128,
        Immediates::Shuffle => TokenKind::OpShuffle,
        Immediates::Select => TokenKind::OpSelect,
        Immediates::HeapType => TokenKind::OpHeapType,
        Immediates::RefType => TokenKind::OpRefType,
        Immediates::BrOnCast => TokenKind::OpBrOnCast,
        Immediates::Field
        | Immediates::TypeLen
        | Immediates::TypeData
        | Immediates::TypeElem
        | Immediates::TypeType => TokenKind::OpIndex2,
        Immediates::TypeTag => TokenKind::OpSwitch,
        Immediates::MemoryInit | Immediates::TableInit => TokenKind::OpInit,
        Immediates::MemoryCopy | Immediates::TableCopy => TokenKind::OpCopy,
        Immediates::CallIndirect => TokenKind::OpCallIndirect,
        Immediates::Resume => TokenKind::OpResume,
        Immediates::ResumeThrow => TokenKind::OpResumeThrow,
        Immediates::OrderedGlobal | Immediates::OrderedType => TokenKind::OpOrdIndex,
        Immediates::OrderedTable => TokenKind::OpOrdOptIndex,
        Immediates::OrderedField => TokenKind::OpOrdIndex2,
        Immediates::Ordering => TokenKind::OpFence,
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
    Slot { first: 0, last: 0, word: Word { kind: TokenKind::Word, fused: None, code: 0 }, len: 0, number: 0 };

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

/// Returns the instruction with this mnemonic.
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
        TokenKind::OffsetEq
    } else if text.starts_with(b"align=") {
        TokenKind::AlignEq
    } else if text.starts_with(b"nan:0x") {
        crate::lex::number::classify(text)
    } else {
        TokenKind::Word
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
