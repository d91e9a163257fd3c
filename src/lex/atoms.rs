//! Atoms: the tokens of a source text without a look at the words, for annotations. Comments are skipped.

use super::raw::Raw;
use crate::span::Span;
use logos::Logos;

/// The kind of an atom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AtomKind {
    Open,
    /// `(@` and the name of an annotation.
    Annotation,
    Close,
    Id,
    String,
    /// A word that starts like a number.
    Number,
    /// Any other word.
    Word,
}

impl AtomKind {
    /// Whether an atom of this kind starts or ends a form.
    pub(crate) fn is_paren(self) -> bool {
        matches!(self, AtomKind::Open | AtomKind::Annotation | AtomKind::Close)
    }
}

/// A token.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Atom {
    pub(crate) kind: AtomKind,
    pub(crate) span: Span,
}

/// Returns the atoms in `span` of a source text.
pub(crate) fn atoms(source: &str, span: Span) -> impl Iterator<Item = Atom> {
    let mut raw = Raw::lexer(&source[..span.end as usize]);
    raw.bump(span.start as usize);
    Atoms { raw, ahead: None }
}

struct Atoms<'s> {
    raw: logos::Lexer<'s, Raw>,
    ahead: Option<Atom>,
}

impl Atoms<'_> {
    fn part(&mut self) -> Option<Atom> {
        loop {
            let kind = match self.raw.next()? {
                Ok(Raw::Open) => AtomKind::Open,
                Ok(Raw::Annotation) => AtomKind::Annotation,
                Ok(Raw::Close) => AtomKind::Close,
                Ok(Raw::Id) => AtomKind::Id,
                Ok(Raw::String(_)) => AtomKind::String,
                Ok(Raw::Number) => AtomKind::Number,
                Ok(Raw::Keyword | Raw::Reserved) | Err(()) => AtomKind::Word,
                Ok(Raw::Comment(_)) => continue,
            };
            let span = self.raw.span();
            return Some(Atom { kind, span: Span::new(span.start as u32, span.end as u32) });
        }
    }
}

impl Iterator for Atoms<'_> {
    type Item = Atom;

    fn next(&mut self) -> Option<Atom> {
        let mut atom = match self.ahead.take() {
            Some(atom) => atom,
            None => self.part()?,
        };
        if let AtomKind::Open | AtomKind::Close = atom.kind {
            return Some(atom);
        }
        while let Some(next) = self.part() {
            if next.kind.is_paren() || next.span.start != atom.span.end {
                self.ahead = Some(next);
                break;
            }
            let is_quoted = next.kind == AtomKind::String
                && (atom.kind == AtomKind::Annotation || atom.kind == AtomKind::Id && atom.span.len() == 1);
            if !is_quoted && atom.kind != AtomKind::Annotation {
                atom.kind = AtomKind::Word;
            }
            atom.span.end = next.span.end;
        }
        Some(atom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_strings_without_a_gap_are_one_atom() {
        let source = "(@sym $a name=\"x y\" size=4 +8) ;; c\n(i32.const 0 \"s\" $\"q\")";
        let kinds: Vec<(AtomKind, &str)> = atoms(source, Span::new(0, source.len() as u32))
            .map(|atom| (atom.kind, &source[atom.span.range()]))
            .collect();
        use AtomKind as A;
        assert_eq!(
            kinds,
            [
                (A::Annotation, "(@sym"),
                (A::Id, "$a"),
                (A::Word, "name=\"x y\""),
                (A::Word, "size=4"),
                (A::Number, "+8"),
                (A::Close, ")"),
                (A::Open, "("),
                (A::Word, "i32.const"),
                (A::Number, "0"),
                (A::String, "\"s\""),
                (A::Id, "$\"q\""),
                (A::Close, ")"),
            ]
        );
    }
}
