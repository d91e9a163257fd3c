//! How a form is read.

/// What the tokens are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A field of a module.
    Field,
    /// A command of a script: a module within it is one token.
    Command,
}

/// How `(@char "A")` reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chars {
    /// As the standard has it: an annotation without a meaning.
    Annotation,
    /// As an integer literal.
    Literal,
}

/// How a form is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) mode: Mode,
    pub(crate) chars: Chars,
    /// Whether plain instructions that follow each other are one token. Nothing is reported of what is within.
    pub(crate) runs: bool,
}
