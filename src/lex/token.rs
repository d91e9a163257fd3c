//! The characters: what logos makes of them, before keywords are looked up.

use logos::{FilterResult, Lexer, Logos};

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
    /// A block comment that never ends.
    #[token(";;", line_comment)]
    #[token("(;", block_comment)]
    OpenComment,
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
pub(super) const fn is_idchar(byte: u8) -> bool {
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

fn idchars_len(rest: &[u8]) -> usize {
    rest.iter().position(|&byte| !is_idchar(byte)).unwrap_or(rest.len())
}

/// Goes on behind all id characters.
#[inline]
fn idchars(lexer: &mut Lexer<'_, Raw>) {
    lexer.bump(idchars_len(lexer.remainder().as_bytes()));
}

fn line_comment(lexer: &mut Lexer<'_, Raw>) -> FilterResult<(), ()> {
    let rest = lexer.remainder().as_bytes();
    let len = memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
    lexer.bump(len);
    FilterResult::Skip
}

fn block_comment(lexer: &mut Lexer<'_, Raw>) -> FilterResult<(), ()> {
    let rest = lexer.remainder().as_bytes();
    match block_comment_len(rest) {
        Some(len) => {
            lexer.bump(len);
            FilterResult::Skip
        }
        None => {
            lexer.bump(rest.len());
            FilterResult::Emit(())
        }
    }
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
    string_len(rest).0
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
