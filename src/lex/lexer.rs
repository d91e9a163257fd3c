//! Raw tokens to terminals: keywords are looked up, a parenthesis and the structural keyword after it are one token,
//! an instruction and its one immediate too, and annotations without a meaning are skipped.

use super::raw::{Raw, StringEnd, is_idchar, rest_of_string, white_space_len};
use super::token_kind::{IMMEDIATE_LEN, IMMEDIATE_SHIFT};
use super::token_kind::{Kind, Token};
use super::{Chars, Mode, keyword, number, string};
use crate::ast::{ANNOTATIONS, Place, annotation_named};
use crate::span::Span;
use logos::Logos;

/// The tokens of one form.
pub(crate) struct Lexer<'a> {
    raw: logos::Lexer<'a, Raw>,
    pub(crate) source: &'a str,
    mode: Mode,
    chars: Chars,
    /// Whether an annotation `@char` was set aside.
    pub(crate) saw_char: bool,
    marker: Option<Token>,
    /// Whether the last parenthesis was one of `(shared`.
    after_shared: bool,
    /// The number of open parentheses within an annotation with a meaning; 0 outside.
    annotation_depth: u32,
    /// A token read beyond the one that came before it.
    ahead: Option<Token>,
}

impl<'a> Lexer<'a> {
    /// The tokens in `span` of `source` after a marker for the grammar.
    pub(crate) fn new(source: &'a str, span: Span, mode: Mode, chars: Chars) -> Lexer<'a> {
        let marker = match mode {
            Mode::Field => Kind::StartField,
            Mode::Command => Kind::StartCommand,
        };
        let marker = Some(Token::marker(marker, span.start));
        Lexer { mode, chars, marker, ..Lexer::plain(source, span) }
    }

    /// The tokens in `span` of `source`, for reading without the grammar.
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

    /// The byte behind the current raw token, within the form or not.
    #[inline]
    fn following(&self) -> Option<u8> {
        self.source.as_bytes().get(self.raw.span().end).copied()
    }

    #[inline]
    fn token(&self, kind: Kind, code: u16) -> Token {
        let span = self.raw.span();
        Token { kind, joined: None, code, start: span.start as u32, len: (span.end - span.start) as u32 }
    }

    /// The current raw token and all that touches it, as a token that cannot be one.
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
        Token { len: (end - start) as u32, ..Token::marker(Kind::Reserved, start as u32) }
    }

    /// The next token without regard to what it joins with.
    #[inline]
    fn next_single(&mut self) -> Option<Token> {
        loop {
            let white_space = white_space_len(self.raw.remainder().as_bytes());
            self.raw.bump(white_space);
            let raw = match self.raw.next()? {
                Ok(raw) => raw,
                Err(()) => return Some(self.token(Kind::BadCharacter, 0)),
            };
            return Some(match raw {
                Raw::Open => self.token(Kind::Open, 0),
                Raw::Close => self.token(Kind::Close, 0),
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
                Raw::Comment(false) => self.token(Kind::OpenComment, 0),
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
        // Without immediates; or without one so far.
        let len = if word.kind == Kind::Instr { len << IMMEDIATE_SHIFT } else { len };
        Token { kind: word.kind, joined: word.joined, code: word.code, start: span.start as u32, len }
    }

    fn id(&mut self) -> Token {
        let span = self.raw.span();
        if self.following() != Some(b'"') {
            let kind = if span.len() > 1 { Kind::Id } else { Kind::EmptyId };
            return self.token(kind, 0);
        }
        if span.len() > 1 {
            return self.reserved(span.start);
        }
        let Some(Ok(Raw::String(end))) = self.raw.next() else {
            return self.reserved(span.start);
        };
        let string = self.string(end);
        if string.kind != Kind::String {
            return Token { start: span.start as u32, len: string.len + 1, ..string };
        }
        let name = string::decode(&self.source[string.span().range()]);
        let kind = match std::str::from_utf8(&name) {
            Ok("") => Kind::EmptyId,
            Ok(_) => Kind::Id,
            Err(_) => Kind::BadUtf8Id,
        };
        Token { kind, code: 1, start: span.start as u32, len: string.len + 1, joined: None }
    }

    fn string(&mut self, end: StringEnd) -> Token {
        if matches!(end, StringEnd::Plain | StringEnd::Escaped)
            && self.following().is_some_and(|byte| is_idchar(byte) || byte == b'"')
        {
            let start = self.raw.span().start;
            return self.reserved(start);
        }
        match end {
            StringEnd::Plain => self.token(Kind::String, 0),
            StringEnd::Escaped => self.token(Kind::String, 1),
            StringEnd::Unsound => self.token(Kind::BadString, 0),
            StringEnd::Never => self.token(Kind::OpenString, 0),
        }
    }

    /// The token an annotation begins with if it has a meaning; else it is passed over, and there is
    /// none unless something in it cannot be a token.
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
            if string.kind != Kind::String {
                return Some(string);
            }
            match String::from_utf8(string::decode(&self.source[string.span().range()]).into_owned()) {
                Ok(decoded) => name = decoded,
                Err(_) => return Some(Token { kind: Kind::BadUtf8Id, ..string }),
            }
        }
        let head = Token {
            len: (self.raw.span().end - start) as u32,
            ..Token::marker(Kind::EmptyAnnotation, start as u32)
        };
        let kind = match name.as_str() {
            "" => Kind::EmptyAnnotation,
            "name" => Kind::AtName,
            "char" if self.chars == Chars::Literal => return Some(self.char_literal(head)),
            name => match annotation_named(name) {
                Some(row) => return Some(self.known_annotation(head, row)),
                None => {
                    self.saw_char |= name == "char";
                    return self.pass_over(head);
                }
            },
        };
        Some(Token { kind, ..head })
    }

    /// The head of an annotation with a meaning. Within it words are atoms, and nothing is fused.
    fn known_annotation(&mut self, head: Token, row: usize) -> Token {
        self.annotation_depth += 1;
        let kind = match ANNOTATIONS[row].1 {
            Place::Field => Kind::FieldAnnotation,
            Place::Code => Kind::CodeAnnotation,
        };
        Token { kind, code: row as u16, ..head }
    }

    /// The next token within an annotation with a meaning.
    fn annotation_token(&mut self) -> Option<Token> {
        let token = self.next_single()?;
        match token.kind {
            Kind::Open => self.annotation_depth += 1,
            Kind::Close => self.annotation_depth -= 1,
            Kind::Reserved | Kind::NanPattern | Kind::OffsetEq | Kind::AlignEq => {
                return Some(Token { kind: Kind::Atom, ..token });
            }
            kind if (Kind::Instr..=Kind::Word).contains(&kind) => {
                let end = self.raw.span().end as u32;
                return Some(Token { len: end - token.start, ..Token::marker(Kind::Atom, token.start) });
            }
            _ => {}
        }
        Some(token)
    }

    /// Whether the next token is within an annotation with a meaning.
    pub(crate) fn is_in_annotation(&self) -> bool {
        self.annotation_depth > 0
    }

    /// Passes over the rest of an annotation. What comes back is what in it cannot be a token.
    fn pass_over(&mut self, head: Token) -> Option<Token> {
        let mut depth = 1u32;
        while depth > 0 {
            let Some(raw) = self.raw.next() else {
                return Some(Token { kind: Kind::OpenAnnotation, ..head });
            };
            match raw {
                Ok(Raw::Open | Raw::Annotation) => depth += 1,
                Ok(Raw::Close) => depth -= 1,
                Ok(Raw::String(StringEnd::Unsound)) => return Some(self.token(Kind::BadString, 0)),
                Ok(Raw::String(StringEnd::Never)) => return Some(self.token(Kind::OpenString, 0)),
                Ok(Raw::Comment(false)) => return Some(self.token(Kind::OpenComment, 0)),
                Ok(_) => {}
                Err(()) => return Some(self.token(Kind::BadCharacter, 0)),
            }
        }
        None
    }

    /// `(@char "A")` as one token.
    fn char_literal(&mut self, head: Token) -> Token {
        let string = self.next_single();
        let close = self.next_single();
        let (Some(string), Some(close)) = (string, close) else {
            return Token { kind: Kind::OpenAnnotation, ..head };
        };
        let whole = Token { len: self.raw.span().end as u32 - head.start, ..head };
        if string.kind != Kind::String || close.kind != Kind::Close {
            return Token { kind: Kind::BadCharLiteral, ..whole };
        }
        let text = string::decode(&self.source[string.span().range()]);
        // The code is where the string is within the annotation.
        let code = u16::try_from(string.start - head.start);
        match (std::str::from_utf8(&text).map(|text| text.chars().count()), code) {
            (Ok(1), Ok(code)) => Token { kind: Kind::Char, code, ..whole },
            _ => Token { kind: Kind::BadCharLiteral, ..whole },
        }
    }

    /// Joins a parenthesis with the structural keyword behind it.
    #[inline]
    fn join(&mut self, open: Token) -> Token {
        let Some(next) = self.next_single() else { return open };
        match next.joined {
            // `(shared (module $m))` of a thread only refers to one.
            Some(Kind::ParenModule) if self.mode == Mode::Command && !self.after_shared => {
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
            Kind::OpIndex | Kind::OpInt | Kind::OpFloat | Kind::OpMemArg => self.join_immediate(token),
            _ => token,
        }
    }

    /// Joins an instruction with its one immediate, if it has one and both are near each other.
    #[inline]
    fn join_immediate(&mut self, op: Token) -> Token {
        let next = match self.ahead.take() {
            Some(next) => next,
            None => match self.next_single() {
                Some(next) => next,
                None => return op,
            },
        };
        let fits = match op.kind {
            Kind::OpIndex => matches!(next.kind, Kind::Nat | Kind::Id),
            Kind::OpInt => matches!(next.kind, Kind::Nat | Kind::Int),
            Kind::OpMemArg => {
                // Without a memarg it is whole; one that stands elsewhere the grammar reads.
                let may_be_memarg =
                    matches!(next.kind, Kind::OffsetEq | Kind::AlignEq | Kind::Nat | Kind::Id | Kind::Open);
                self.ahead = Some(next);
                return match may_be_memarg {
                    true => op,
                    false => Token { kind: Kind::Instr, len: op.len << IMMEDIATE_SHIFT, ..op },
                };
            }
            _ => matches!(next.kind, Kind::Nat | Kind::Int | Kind::Float),
        };
        let start = next.start - op.start;
        if fits && start <= IMMEDIATE_LEN && next.len <= IMMEDIATE_LEN {
            return Token { kind: Kind::Instr, len: start << IMMEDIATE_SHIFT | next.len, ..op };
        }
        self.ahead = Some(next);
        op
    }

    /// A module within a script: one token if it is written as text, else its head.
    fn module(&mut self, open: Token, keyword: Token) -> Token {
        let head = Token { kind: Kind::ParenModule, len: keyword.start + keyword.len - open.start, ..open };
        let mut ahead = Lexer::plain(self.source, Span::new(keyword.span().end, self.raw_end()));
        let mut next = ahead.next_single();
        let mut defined = None;
        if next.is_some_and(|token| token.kind == Kind::Definition) {
            defined = next;
            next = ahead.next_single();
        }
        if next.is_some_and(|token| token.kind == Kind::Id) {
            next = ahead.next_single();
        }
        let as_text =
            !next.is_some_and(|token| matches!(token.kind, Kind::Binary | Kind::Quote | Kind::Instance));
        if !as_text {
            return head;
        }
        let mut depth = 1u32;
        while depth > 0 {
            match self.raw.next() {
                Some(Ok(Raw::Open | Raw::Annotation)) => depth += 1,
                Some(Ok(Raw::Close)) => depth -= 1,
                // The module is read later, with what is not a token.
                Some(_) => {}
                None => return head,
            }
        }
        let end = self.raw.span().end as u32;
        let code = u16::from(defined.is_some());
        Token { kind: Kind::TextModule, code, len: end - open.start, ..open }
    }

    /// Whether the next token has been read already, or is the marker.
    pub(crate) fn is_ahead(&self) -> bool {
        self.ahead.is_some() || self.marker.is_some()
    }

    /// The end of the tokens that were read.
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
    fn next(&mut self) -> Option<Token> {
        if let Some(marker) = self.marker.take() {
            return Some(marker);
        }
        let token = match self.ahead.take() {
            Some(token) => token,
            None if self.annotation_depth > 0 => return self.annotation_token(),
            None => self.next_single()?,
        };
        if token.kind == Kind::Open {
            let joined = self.join(token);
            self.after_shared = joined.kind == Kind::ParenShared;
            return Some(joined);
        }
        let token = self.with_immediate(token);
        Some(token)
    }
}
