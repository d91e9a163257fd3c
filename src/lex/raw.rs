//! The characters: what logos makes of them, before keywords are looked up.

use super::bytes::{self, is_small};
use super::string::{escape_len, hex_escape};
use logos::{Lexer, Logos};

/// A token as the characters alone tell it.
///
/// logos tells tokens apart by how they begin; where they end, the callbacks find: a loop over a
/// table is twice as fast as the state machine.
#[derive(Logos, Clone, Copy, Debug, PartialEq, Eq)]
#[logos(skip r"[ \t\n\r]+")]
pub(crate) enum Raw {
    #[token("(")]
    Open,
    #[token(")")]
    Close,
    /// `keyword`: a lower-case letter and id characters.
    #[regex("[a-z]", idchars)]
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

/// How a string ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum StringEnd {
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
pub(crate) fn white_space_len(rest: &[u8]) -> usize {
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

/// How many bytes at the start of `rest` are id characters.
#[inline]
pub(crate) fn idchars_len(rest: &[u8]) -> usize {
    let mut len = 0;
    while let Some(bytes) = rest[len..].first_chunk() {
        let others = bytes::others(bytes);
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

/// Goes on behind all id characters.
#[inline]
fn idchars(lexer: &mut Lexer<'_, Raw>) {
    lexer.bump(idchars_len(lexer.remainder().as_bytes()));
}

fn line_comment(lexer: &mut Lexer<'_, Raw>) -> bool {
    lexer.bump(line_comment_len(lexer.remainder().as_bytes()));
    true
}

/// How many bytes of `rest`, which is within a line comment, belong to it. The usual one is short.
#[inline]
pub(crate) fn line_comment_len(rest: &[u8]) -> usize {
    match rest.first_chunk().map_or(0, bytes::line_ends) {
        0 => find(rest, [b'\n', b'\r']).unwrap_or(rest.len()),
        ends => ends.trailing_zeros() as usize,
    }
}

/// Where the first of the two bytes is.
fn find(bytes: &[u8], [one, other]: [u8; 2]) -> Option<usize> {
    match is_small(bytes) {
        true => bytes.iter().position(|&byte| byte == one || byte == other),
        false => memchr::memchr2(one, other, bytes),
    }
}

fn block_comment(lexer: &mut Lexer<'_, Raw>) -> bool {
    let rest = lexer.remainder().as_bytes();
    let len = block_comment_len(rest);
    lexer.bump(len.unwrap_or(rest.len()));
    len.is_some()
}

/// How many bytes of `rest`, which begins behind `(;`, belong to the block comment; none if it never
/// ends. The usual one is short and has none within.
#[inline]
pub(crate) fn comment_len(rest: &[u8]) -> Option<usize> {
    let first = rest.first_chunk().map_or(16, |bytes| bytes::semicolons(bytes).trailing_zeros() as usize);
    match first {
        0..16 if rest[first..].starts_with(b";)") && !rest[..first].ends_with(b"(") => Some(first + 2),
        _ => block_comment_len(rest),
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
        let at = from + find(&rest[from..], [b';'; 2])?;
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
    let mut from = 0;
    while let Some(at) = find(&rest[from..], [b'"'; 2]) {
        from += at + 1;
        if !is_escaped(&rest[..from - 1]) {
            return from;
        }
    }
    rest.len()
}

/// Whether a character in a string stands for something with a backslash before it, of which these are the
/// bytes before it: behind an odd number of them it does.
#[inline]
pub(crate) fn is_escaped(before: &[u8]) -> bool {
    before.iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
}

/// The same, and how the string ends.
pub(crate) fn string_len(rest: &[u8]) -> (usize, StringEnd) {
    let mut end = StringEnd::Plain;
    let mut at = 0;
    loop {
        at += plain_len(&rest[at..]);
        let Some(&byte) = rest.get(at) else { return (rest.len(), StringEnd::Never) };
        match byte {
            b'"' => return (at + 1, end),
            b'\\' => {
                if end == StringEnd::Plain {
                    end = StringEnd::Escaped;
                }
                match escape_len(&rest[at..]) {
                    Some(len) => {
                        at += len;
                        // Large data segments are runs of these.
                        while hex_escape(&rest[at..]).is_some() {
                            at += 3;
                        }
                    }
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
            _ => {
                end = StringEnd::Unsound;
                at += 1;
            }
        }
    }
}

/// How many bytes of a string are looked at together.
pub(crate) const PLAIN: usize = 16;

/// The first bytes of `rest`, and how many of these stand for themselves in a string.
#[inline]
pub(crate) fn plain_start(rest: &[u8]) -> ([u8; PLAIN], usize) {
    let bytes = rest.first_chunk().copied().unwrap_or_else(|| {
        // What fills it up stands for nothing.
        let mut bytes = [0; PLAIN];
        bytes[..rest.len()].copy_from_slice(rest);
        bytes
    });
    (bytes, (bytes::not_plain(&bytes) | 1 << PLAIN).trailing_zeros() as usize)
}

/// How many bytes at the start of `rest` stand for themselves in a string.
#[inline]
fn plain_len(rest: &[u8]) -> usize {
    let mut len = 0;
    loop {
        let (_, plain) = plain_start(&rest[len..]);
        len += plain;
        if plain < PLAIN {
            return len;
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
