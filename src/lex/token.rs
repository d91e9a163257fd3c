//! The characters: what logos makes of them, before keywords are looked up.

use logos::{Lexer, Logos};

/// A token as the characters alone tell it.
///
/// logos tells tokens apart by how they begin; where they end, the callbacks find: a loop over a
/// table is twice as fast as the state machine.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\n\r]+")]
#[logos(extras = Tail)]
pub(super) enum Raw {
    #[token("(")]
    Open,
    #[token(")")]
    Close,
    /// `keyword`: a lower-case letter and id characters; and behind one space what may be its
    /// immediate, of which the extras tell.
    #[regex("[a-z]", keyword)]
    Keyword,
    /// `id`: a dollar sign and id characters; none where a string or nothing follows.
    #[token("$", idchars)]
    Id,
    /// What begins as a number does.
    #[regex(r"[0-9+\-]", idchars)]
    Number,
    /// `string`, escapes found sound.
    #[token("\"", string)]
    String(StringEnd),
    /// `(@` and the identifier of an annotation; none where a string or nothing follows.
    #[token("(@", idchars)]
    Annotation,
    /// Id characters that begin none of the above, and the punctuation that is kept in reserve.
    #[regex(r"[A-Z!#%&'*./:<=>?@\\^_`|~]", idchars)]
    #[regex(r"[,;\[\]{}]")]
    Reserved,
    /// A comment, and whether it ends. logos could skip it, but in a build without optimization each that
    /// it skips takes some more of the stack.
    #[token(";;", line_comment)]
    #[token("(;", block_comment)]
    Comment(bool),
}

/// What stands behind a keyword and one space, in the same raw token: nine of ten immediates are there.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Tail {
    pub(super) kind: TailKind,
    /// How many bytes, the space not among them.
    pub(super) len: u32,
}

/// What a tail is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum TailKind {
    #[default]
    None,
    /// Decimal digits.
    Nat,
    /// A sign and decimal digits.
    Int,
    /// An identifier.
    Id,
    /// An offset, an alignment, or both and a space between; in decimal digits.
    MemArg,
}

/// How a string ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StringEnd {
    /// With its quote, and no escape in it.
    Plain,
    /// With its quote, and escapes in it.
    Escaped,
    /// With its quote, but some escape is unsound or some character cannot stand in a string.
    Unsound,
    /// With the text.
    Never,
}

/// How many bytes at the start of `rest` are white space. Half of a printed module is its indentation,
/// so spaces go by eight.
#[inline]
pub(super) fn white_space_len(rest: &[u8]) -> usize {
    const SPACES: u64 = u64::from_le_bytes([b' '; 8]);
    let mut len = 0;
    while let Some(chunk) = rest[len..].first_chunk::<8>() {
        let other = u64::from_le_bytes(*chunk) ^ SPACES;
        if other == 0 {
            len += 8;
            continue;
        }
        len += other.trailing_zeros() as usize / 8;
        if !matches!(rest[len], b'\n' | b'\r' | b'\t') {
            return len;
        }
        len += 1;
    }
    let more = rest[len..].iter().take_while(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b'\t'));
    len + more.count()
}

/// Whether the byte can stand in an identifier, a keyword or a number.
#[inline]
pub(crate) const fn is_idchar(byte: u8) -> bool {
    IDCHARS[byte as usize]
}

static IDCHARS: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = is_idchar_slowly(byte as u8);
        byte += 1;
    }
    table
};

const fn is_idchar_slowly(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'!' | b'#' | b'$' | b'%' | b'&'
        | b'\'' | b'*' | b'+' | b'-' | b'.' | b'/' | b':' | b'<' | b'=' | b'>' | b'?' | b'@'
        | b'\\' | b'^' | b'_' | b'`' | b'|' | b'~')
}

/// Goes on behind a keyword and its tail.
#[inline]
fn keyword(lexer: &mut Lexer<'_, Raw>) {
    let rest = lexer.remainder().as_bytes();
    let len = idchars_len(rest);
    lexer.extras = tail(&rest[len..]);
    let Tail { kind, len: tail } = lexer.extras;
    lexer.bump(len + usize::from(kind != TailKind::None) + tail as usize);
}

/// The tail that `rest`, which begins behind a keyword, begins with.
#[inline]
fn tail(rest: &[u8]) -> Tail {
    let [b' ', first, ..] = *rest else { return Tail::default() };
    let rest = &rest[1..];
    let (kind, len) = match first {
        b'0'..=b'9' => (TailKind::Nat, digits_len(rest)),
        b'-' | b'+' => (TailKind::Int, 1 + digits_len(&rest[1..])),
        b'$' => (TailKind::Id, idchars_len(rest)),
        b'o' if rest.starts_with(b"offset=") => {
            let mut len = 7 + digits_len(&rest[7..]);
            if rest[len..].starts_with(b" align=") {
                len += 7 + digits_len(&rest[len + 7..]);
            }
            (TailKind::MemArg, len)
        }
        b'a' if rest.starts_with(b"align=") => (TailKind::MemArg, 6 + digits_len(&rest[6..])),
        _ => return Tail::default(),
    };
    // Each part has a character besides its sign or sigil, and nothing touches the end.
    let ends = !rest.get(len).is_some_and(|&byte| is_idchar(byte) || byte == b'"');
    let full = len > 1 || kind == TailKind::Nat;
    let whole = kind != TailKind::MemArg || (rest[len - 1] != b'=' && !may_go_on(&rest[len..]));
    if ends && full && whole { Tail { kind, len: len as u32 } } else { Tail::default() }
}

/// Whether an alignment may stand in what is behind a memarg, a comment perhaps before it.
#[inline]
fn may_go_on(rest: &[u8]) -> bool {
    let rest = &rest[white_space_len(rest)..];
    rest.starts_with(b"align") || rest.starts_with(b";") || rest.starts_with(b"(;") || rest.starts_with(b"(@")
}

fn digits_len(rest: &[u8]) -> usize {
    rest.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(rest.len())
}

/// How many bytes at the start of `rest` are id characters.
#[inline]
fn idchars_len(rest: &[u8]) -> usize {
    let mut len = 0;
    #[cfg(target_arch = "x86_64")]
    while let Some(chunk) = rest[len..].first_chunk::<16>() {
        #[allow(unsafe_code, reason = "byte by byte, this loop alone takes a seventh of the time of all")]
        // SAFETY: the function only asks for SSE2, which every processor of this architecture has.
        let others = unsafe { others_of_16(*chunk) };
        if others != 0 {
            return len + others.trailing_zeros() as usize;
        }
        len += 16;
    }
    while rest.get(len).is_some_and(|&byte| is_idchar(byte)) {
        len += 1;
    }
    len
}

/// A bit for each of sixteen bytes, set for those that are no id characters.
#[cfg(target_arch = "x86_64")]
#[inline]
#[target_feature(enable = "sse2")]
fn others_of_16(chunk: [u8; 16]) -> u32 {
    use std::arch::x86_64::{
        __m128i, _mm_and_si128, _mm_cmpeq_epi8, _mm_cmplt_epi8, _mm_movemask_epi8, _mm_or_si128,
        _mm_set_epi64x, _mm_set1_epi8,
    };
    let both = u128::from_le_bytes(chunk);
    let bytes = _mm_set_epi64x((both >> 64) as i64, both as i64);
    let set = |byte: u8| _mm_set1_epi8(byte as i8);
    let is = |bytes: __m128i, byte: u8| _mm_cmpeq_epi8(bytes, set(byte));
    // Bytes from 0x80 on are negative here.
    let control = _mm_or_si128(_mm_cmplt_epi8(bytes, set(0x21)), is(bytes, 0x7f));
    let parentheses = is(_mm_and_si128(bytes, set(0xfe)), b'(');
    // Brackets and braces differ in one bit.
    let lower = _mm_and_si128(bytes, set(0xdf));
    let brackets = _mm_or_si128(is(lower, b'['), is(lower, b']'));
    let marks = _mm_or_si128(is(bytes, b'"'), _mm_or_si128(is(bytes, b','), is(bytes, b';')));
    let others = _mm_or_si128(_mm_or_si128(control, parentheses), _mm_or_si128(brackets, marks));
    _mm_movemask_epi8(others) as u32
}

/// Goes on behind all id characters.
#[inline]
fn idchars(lexer: &mut Lexer<'_, Raw>) {
    lexer.bump(idchars_len(lexer.remainder().as_bytes()));
}

fn line_comment(lexer: &mut Lexer<'_, Raw>) -> bool {
    let rest = lexer.remainder().as_bytes();
    lexer.bump(memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len()));
    true
}

fn block_comment(lexer: &mut Lexer<'_, Raw>) -> bool {
    let rest = lexer.remainder().as_bytes();
    let len = block_comment_len(rest);
    lexer.bump(len.unwrap_or(rest.len()));
    len.is_some()
}

/// How many bytes of `rest`, which begins behind `(;`, belong to the block comment; none if it
/// never ends.
pub(crate) fn block_comment_len(rest: &[u8]) -> Option<usize> {
    let mut depth = 1usize;
    // The end of the last delimiter: `(;)` is an opening one and a parenthesis.
    let mut done = 0;
    let mut from = 0;
    loop {
        let at = from + memchr::memchr(b';', &rest[from..])?;
        from = at + 1;
        if at > done && rest[at - 1] == b'(' {
            depth += 1;
            done = at + 1;
        } else if at >= done && rest.get(at + 1) == Some(&b')') {
            depth -= 1;
            done = at + 2;
            from = done;
            if depth == 0 {
                return Some(done);
            }
        }
    }
}

fn string(lexer: &mut Lexer<'_, Raw>) -> StringEnd {
    let rest = lexer.remainder().as_bytes();
    let (len, end) = string_len(rest);
    lexer.bump(len);
    end
}

/// How many bytes of `rest`, which begins behind a quote, belong to the string, its closing quote
/// among them.
pub(crate) fn rest_of_string(rest: &[u8]) -> usize {
    let mut at = 0;
    while let Some(&byte) = rest.get(at) {
        match byte {
            b'"' => return at + 1,
            // Of no escape is anything behind the second character a quote or a backslash.
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    rest.len()
}

/// The same, and how the string ends.
pub(super) fn string_len(rest: &[u8]) -> (usize, StringEnd) {
    let mut end = StringEnd::Plain;
    let mut at = 0;
    loop {
        match rest.get(at) {
            None => return (rest.len(), StringEnd::Never),
            Some(b'"') => return (at + 1, end),
            Some(b'\\') => {
                if end == StringEnd::Plain {
                    end = StringEnd::Escaped;
                }
                match super::string::escape_len(&rest[at..]) {
                    Some(len) => at += len,
                    None => {
                        end = StringEnd::Unsound;
                        // Go on behind the character after the backslash, which may be a quote.
                        at += 1;
                        at += usize::from(at < rest.len());
                        while rest.get(at).is_some_and(|byte| byte & 0xc0 == 0x80) {
                            at += 1;
                        }
                    }
                }
            }
            Some(0..=0x1f | 0x7f) => {
                end = StringEnd::Unsound;
                at += 1;
            }
            Some(_) => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn id_characters_are_told_one_by_one_and_together() {
        for byte in 0..=u8::MAX {
            for place in 0..20 {
                let mut text = [b'a'; 20];
                text[place] = byte;
                let len = if is_idchar_slowly(byte) { 20 } else { place };
                assert_eq!(idchars_len(&text), len, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn a_string_ends_at_the_same_place_whether_its_escapes_are_looked_at_or_not() {
        for text in
            [r#"a"b"#, r#"\\"b"#, r#"\\\"b"c"#, r#"\u{22}"b"#, r#"\00\zz"b"#, r"\", r#"\u{"}"#, r#"\é\"b\"#]
        {
            assert_eq!(rest_of_string(text.as_bytes()), string_len(text.as_bytes()).0, "{text}");
        }
    }
}
