//! The options of the lexer.

/// The start symbol of the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// A field of a module.
    Field,
    /// A command of a script. A module in text format within it is one token.
    Command,
}

/// The meaning of `(@char "A")`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Chars {
    /// An annotation without a meaning, as in the standard.
    Annotation,
    /// Dialect: an integer literal.
    Literal,
}

/// The options of [`tokenize`](crate::lex::tokenize).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Options {
    pub(crate) mode: Mode,
    pub(crate) chars: Chars,
    /// Whether consecutive plain instructions are one token. No diagnostics are reported for them.
    pub(crate) runs: bool,
}
