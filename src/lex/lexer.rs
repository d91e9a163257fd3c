//! Turns raw tokens into terminals: looks up keywords, fuses a parenthesis with the structural keyword after it and an
//! instruction with its only immediate, and skips annotations without a meaning.

use super::bytes::is_idchar;
use super::keyword;
use super::number;
use super::options::{Chars, Mode};
use super::raw::Raw;
use super::string;
use super::string::{StringEnd, rest_of_string};
use super::token_kind::{IMMEDIATE_LEN, IMMEDIATE_SHIFT, Token, TokenKind};
use super::trivia::white_space_len;
use crate::ast::{ANNOTATIONS, Place, annotation_named};
use crate::span::Span;
use logos::Logos;

/// The tokens of one form.
pub(crate) struct Lexer<'a> {
    raw: logos::Lexer<'a, Raw>,
    pub(crate) source: &'a str,
    mode: Mode,
    chars: Chars,
    /// Whether an annotation `@char` was skipped.
    pub(crate) saw_char: bool,
    marker: Option<Token>,
    /// Whether the last parenthesis was that of `(shared`.
    after_shared: bool,
    /// The number of open parentheses within an annotation with a meaning; 0 outside.
    annotation_depth: u32,
    /// A token that was read ahead.
    ahead: Option<Token>,
}

impl<'a> Lexer<'a> {
    /// Returns the tokens in `span` of `source`, preceded by the marker that the grammar starts with.
    pub(crate) fn new(source: &'a str, span: Span, mode: Mode, chars: Chars) -> Lexer<'a> {
        let marker = match mode {
            Mode::Field => TokenKind::StartField,
            Mode::Command => TokenKind::StartCommand,
        };
        let marker = Some(Token::marker(marker, span.start));
        Lexer { mode, chars, marker, ..Lexer::plain(source, span) }
    }

    /// Returns the tokens in `span` of `source`, without a marker.
    pub(crate) fn plain(source: &'a str, span: Span) -> Lexer<'a> {
        let mut raw = Raw::lexer(&source[..span.end as usize]);
        raw.bump(span.start as usize);
        Lexer {
            raw,
            source,
            mode: Mode::Field,
            chars: Chars::Annotation,
            saw_char: false,
            marker: None,
            after_shared: false,
            annotation_depth: 0,
            ahead: None,
        }
    }

    /// The byte after the current raw token, even if it is outside the form.
    #[inline]
    fn following(&self) -> Option<u8> {
        self.source.as_bytes().get(self.raw.span().end).copied()
    }

    #[inline]
    fn token(&self, kind: TokenKind, code: u16) -> Token {
        let span = self.raw.span();
        Token { kind, fused: None, code, start: span.start as u32, len: (span.end - span.start) as u32 }
    }

    /// Makes a reserved token of the text from `start` to the end of all words and strings that follow without a gap.
    #[cold]
    fn reserved(&mut self, start: usize) -> Token {
        let source = self.source.as_bytes();
        let mut end = self.raw.span().end;
        let limit = end + self.raw.remainder().len();
        while end < limit {
            if is_idchar(source[end]) {
                end += 1;
            } else if source[end] == b'"' {
                end += 1 + rest_of_string(&source[end + 1..limit]);
            } else {
                break;
            }
        }
        self.raw.bump(end - self.raw.span().end);
        Token { len: (end - start) as u32, ..Token::marker(TokenKind::Reserved, start as u32) }
    }

    /// Returns the next token without fusing it.
    #[inline]
    fn next_single(&mut self) -> Option<Token> {
        loop {
            let white_space = white_space_len(self.raw.remainder().as_bytes());
            self.raw.bump(white_space);
            let raw = match self.raw.next()? {
                Ok(raw) => raw,
                Err(()) => return Some(self.token(TokenKind::BadCharacter, 0)),
            };
            return Some(match raw {
                Raw::Open => self.token(TokenKind::Open, 0),
                Raw::Close => self.token(TokenKind::Close, 0),
                Raw::Keyword => self.keyword(),
                Raw::Id => self.id(),
                Raw::Number => {
                    let span = self.raw.span();
                    if self.following() == Some(b'"') {
                        return Some(self.reserved(span.start));
                    }
                    self.token(number::classify(&self.source.as_bytes()[span]), 0)
                }
                Raw::String(end) => self.string(end),
                Raw::Annotation => match self.annotation() {
                    Some(token) => token,
                    None => continue,
                },
                Raw::Reserved => {
                    let start = self.raw.span().start;
                    self.reserved(start)
                }
                Raw::Comment(true) => continue,
                Raw::Comment(false) => self.token(TokenKind::OpenComment, 0),
            });
        }
    }

    fn keyword(&mut self) -> Token {
        let span = self.raw.span();
        if self.following() == Some(b'"') {
            return self.reserved(span.start);
        }
        let word = keyword::lookup(self.source.as_bytes(), span.start, span.end);
        let len = (span.end - span.start) as u32;
        // The immediate, if there is one, is added later.
        let len = if word.kind == TokenKind::Instr { len << IMMEDIATE_SHIFT } else { len };
        Token { kind: word.kind, fused: word.fused, code: word.code, start: span.start as u32, len }
    }

    fn id(&mut self) -> Token {
        let span = self.raw.span();
        if self.following() != Some(b'"') {
            let kind = if span.len() > 1 { TokenKind::Id } else { TokenKind::EmptyId };
            return self.token(kind, 0);
        }
        if span.len() > 1 {
            return self.reserved(span.start);
        }
        let Some(Ok(Raw::String(end))) = self.raw.next() else {
            return self.reserved(span.start);
        };
        let string = self.string(end);
        if string.kind != TokenKind::String {
            return Token { start: span.start as u32, len: string.len + 1, ..string };
        }
        let name = string::decode(&self.source[string.span().range()]);
        let kind = match std::str::from_utf8(&name) {
            Ok("") => TokenKind::EmptyId,
            Ok(_) => TokenKind::Id,
            Err(_) => TokenKind::BadUtf8Id,
        };
        Token { kind, code: 1, start: span.start as u32, len: string.len + 1, fused: None }
    }

    fn string(&mut self, end: StringEnd) -> Token {
        if matches!(end, StringEnd::Plain | StringEnd::Escaped)
            && self.following().is_some_and(|byte| is_idchar(byte) || byte == b'"')
        {
            let start = self.raw.span().start;
            return self.reserved(start);
        }
        match end {
            StringEnd::Plain => self.token(TokenKind::String, 0),
            StringEnd::Escaped => self.token(TokenKind::String, 1),
            StringEnd::Malformed => self.token(TokenKind::BadString, 0),
            StringEnd::Unterminated => self.token(TokenKind::OpenString, 0),
        }
    }

    /// Returns the first token of an annotation with a meaning. Skips any other annotation and returns `None`, or the
    /// malformed token in it.
    fn annotation(&mut self) -> Option<Token> {
        let start = self.raw.span().start;
        let mut name = self.raw.slice()[2..].to_owned();
        if self.following() == Some(b'"') {
            if !name.is_empty() {
                return Some(self.reserved(start));
            }
            let Some(Ok(Raw::String(end))) = self.raw.next() else {
                return Some(self.reserved(start));
            };
            let string = self.string(end);
            if string.kind != TokenKind::String {
                return Some(string);
            }
            match String::from_utf8(string::decode(&self.source[string.span().range()]).into_owned()) {
                Ok(decoded) => name = decoded,
                Err(_) => return Some(Token { kind: TokenKind::BadUtf8Id, ..string }),
            }
        }
        let head = Token {
            len: (self.raw.span().end - start) as u32,
            ..Token::marker(TokenKind::EmptyAnnotation, start as u32)
        };
        let kind = match name.as_str() {
            "" => TokenKind::EmptyAnnotation,
            "name" => TokenKind::AtName,
            "char" if self.chars == Chars::Literal => return Some(self.char_literal(head)),
            name => match annotation_named(name) {
                Some(row) => return Some(self.known_annotation(head, row)),
                None => {
                    self.saw_char |= name == "char";
                    return self.skip_annotation(head);
                }
            },
        };
        Some(Token { kind, ..head })
    }

    /// Enters an annotation with a meaning and returns its head. Within it words are atoms, and nothing is fused.
    fn known_annotation(&mut self, head: Token, row: usize) -> Token {
        self.annotation_depth += 1;
        let kind = match ANNOTATIONS[row].1 {
            Place::Field => TokenKind::FieldAnnotation,
            Place::Code => TokenKind::CodeAnnotation,
        };
        Token { kind, code: row as u16, ..head }
    }

    /// Returns the next token within an annotation with a meaning.
    fn annotation_token(&mut self) -> Option<Token> {
        let token = self.next_single()?;
        match token.kind {
            TokenKind::Open => self.annotation_depth += 1,
            TokenKind::Close => self.annotation_depth -= 1,
            TokenKind::Reserved | TokenKind::NanPattern | TokenKind::OffsetEq | TokenKind::AlignEq => {
                return Some(Token { kind: TokenKind::Atom, ..token });
            }
            kind if (TokenKind::Instr..=TokenKind::Word).contains(&kind) => {
                let end = self.raw.span().end as u32;
                return Some(Token { len: end - token.start, ..Token::marker(TokenKind::Atom, token.start) });
            }
            _ => {}
        }
        Some(token)
    }

    /// Whether the next token is within an annotation with a meaning.
    pub(crate) fn is_in_annotation(&self) -> bool {
        self.annotation_depth > 0
    }

    /// Skips the rest of an annotation. Returns a malformed token in it, or `None`.
    fn skip_annotation(&mut self, head: Token) -> Option<Token> {
        let mut depth = 1u32;
        while depth > 0 {
            let Some(raw) = self.raw.next() else {
                return Some(Token { kind: TokenKind::OpenAnnotation, ..head });
            };
            match raw {
                Ok(Raw::Open | Raw::Annotation) => depth += 1,
                Ok(Raw::Close) => depth -= 1,
                Ok(Raw::String(StringEnd::Malformed)) => return Some(self.token(TokenKind::BadString, 0)),
                Ok(Raw::String(StringEnd::Unterminated)) => {
                    return Some(self.token(TokenKind::OpenString, 0));
                }
                Ok(Raw::Comment(false)) => return Some(self.token(TokenKind::OpenComment, 0)),
                Ok(_) => {}
                Err(()) => return Some(self.token(TokenKind::BadCharacter, 0)),
            }
        }
        None
    }

    /// Reads the rest of `(@char "A")` and returns it as one token.
    fn char_literal(&mut self, head: Token) -> Token {
        let string = self.next_single();
        let close = self.next_single();
        let (Some(string), Some(close)) = (string, close) else {
            return Token { kind: TokenKind::OpenAnnotation, ..head };
        };
        let whole = Token { len: self.raw.span().end as u32 - head.start, ..head };
        if string.kind != TokenKind::String || close.kind != TokenKind::Close {
            return Token { kind: TokenKind::BadCharLiteral, ..whole };
        }
        let text = string::decode(&self.source[string.span().range()]);
        // The code is the position of the string in the annotation.
        let code = u16::try_from(string.start - head.start);
        match (std::str::from_utf8(&text).map(|text| text.chars().count()), code) {
            (Ok(1), Ok(code)) => Token { kind: TokenKind::Char, code, ..whole },
            _ => Token { kind: TokenKind::BadCharLiteral, ..whole },
        }
    }

    /// Fuses a parenthesis with the structural keyword after it.
    #[inline]
    fn fuse(&mut self, open: Token) -> Token {
        let Some(next) = self.next_single() else { return open };
        match next.fused {
            // `(shared (module $m))` in a thread only refers to a module.
            Some(TokenKind::ParenModule) if self.mode == Mode::Command && !self.after_shared => {
                self.module(open, next)
            }
            Some(kind) => Token { kind, len: next.start + next.len - open.start, ..open },
            None => {
                self.ahead = Some(next);
                open
            }
        }
    }

    #[inline]
    fn with_immediate(&mut self, token: Token) -> Token {
        match token.kind {
            TokenKind::OpIndex | TokenKind::OpInt | TokenKind::OpFloat | TokenKind::OpMemArg => {
                self.fuse_immediate(token)
            }
            _ => token,
        }
    }

    /// Fuses an instruction with its only immediate if both are near each other.
    #[inline]
    fn fuse_immediate(&mut self, op: Token) -> Token {
        let next = match self.ahead.take() {
            Some(next) => next,
            None => match self.next_single() {
                Some(next) => next,
                None => return op,
            },
        };
        let fits = match op.kind {
            TokenKind::OpIndex => matches!(next.kind, TokenKind::Nat | TokenKind::Id),
            TokenKind::OpInt => matches!(next.kind, TokenKind::Nat | TokenKind::Int),
            TokenKind::OpMemArg => {
                // An instruction without a memarg is complete. The grammar reads a memarg.
                let may_be_memarg = matches!(
                    next.kind,
                    TokenKind::OffsetEq
                        | TokenKind::AlignEq
                        | TokenKind::Nat
                        | TokenKind::Id
                        | TokenKind::Open
                );
                self.ahead = Some(next);
                return match may_be_memarg {
                    true => op,
                    false => Token { kind: TokenKind::Instr, len: op.len << IMMEDIATE_SHIFT, ..op },
                };
            }
            _ => matches!(next.kind, TokenKind::Nat | TokenKind::Int | TokenKind::Float),
        };
        let start = next.start - op.start;
        if fits && start <= IMMEDIATE_LEN && next.len <= IMMEDIATE_LEN {
            return Token { kind: TokenKind::Instr, len: start << IMMEDIATE_SHIFT | next.len, ..op };
        }
        self.ahead = Some(next);
        op
    }

    /// Reads a module within a script: as one token if it is in text format; otherwise returns its head.
    fn module(&mut self, open: Token, keyword: Token) -> Token {
        let head =
            Token { kind: TokenKind::ParenModule, len: keyword.start + keyword.len - open.start, ..open };
        let mut ahead = Lexer::plain(self.source, Span::new(keyword.span().end, self.raw_end()));
        let mut next = ahead.next_single();
        let mut defined = None;
        if next.is_some_and(|token| token.kind == TokenKind::Definition) {
            defined = next;
            next = ahead.next_single();
        }
        if next.is_some_and(|token| token.kind == TokenKind::Id) {
            next = ahead.next_single();
        }
        let as_text = !next.is_some_and(|token| {
            matches!(token.kind, TokenKind::Binary | TokenKind::Quote | TokenKind::Instance)
        });
        if !as_text {
            return head;
        }
        let mut depth = 1u32;
        while depth > 0 {
            match self.raw.next() {
                Some(Ok(Raw::Open | Raw::Annotation)) => depth += 1,
                Some(Ok(Raw::Close)) => depth -= 1,
                // The module is read later, and malformed tokens are reported then.
                Some(_) => {}
                None => return head,
            }
        }
        let end = self.raw.span().end as u32;
        let code = u16::from(defined.is_some());
        Token { kind: TokenKind::TextModule, code, len: end - open.start, ..open }
    }

    /// Whether the next token was read ahead or is the marker.
    pub(crate) fn is_ahead(&self) -> bool {
        self.ahead.is_some() || self.marker.is_some()
    }

    /// The end of the text that was read.
    pub(crate) fn at(&self) -> usize {
        self.raw.span().end
    }

    /// Skips the text before `at`.
    pub(crate) fn go_to(&mut self, at: usize) {
        self.raw.bump(at - self.at());
    }

    fn raw_end(&self) -> u32 {
        (self.raw.span().end + self.raw.remainder().len()) as u32
    }
}

impl Iterator for Lexer<'_> {
    type Item = Token;

    #[inline]
    #[cfg_attr(for_size, optimize(speed))]
    fn next(&mut self) -> Option<Token> {
        if let Some(marker) = self.marker.take() {
            return Some(marker);
        }
        let token = match self.ahead.take() {
            Some(token) => token,
            None if self.annotation_depth > 0 => return self.annotation_token(),
            None => self.next_single()?,
        };
        if token.kind == TokenKind::Open {
            let fused = self.fuse(token);
            self.after_shared = fused.kind == TokenKind::ParenShared;
            return Some(fused);
        }
        let token = self.with_immediate(token);
        Some(token)
    }
}
