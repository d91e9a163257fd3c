//! The nodes of scripts. They are public, as [`crate::script`].

use crate::span::Span;

/// A script.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Script {
    /// The commands, in their order.
    pub commands: Vec<Command>,
}

/// A command of a script.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Command {
    /// Where it stands in the text.
    pub span: Span,
    /// What it does.
    pub kind: CommandKind,
}

/// What a command does.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CommandKind {
    /// Defines a module and, unless it is a definition only, instantiates it.
    Module(Module),
    /// Instantiates a module that was defined.
    Instance {
        /// What the instance is called.
        name: Option<String>,
        /// The module; the last one if there is none.
        module: Option<String>,
    },
    /// Makes the exports of an instance importable.
    Register {
        /// The module name to import from.
        name: String,
        /// The instance; the last one if there is none.
        module: Option<String>,
    },
    /// Performs an action.
    Action(Action),
    /// The action must give these results.
    AssertReturn(Action, Vec<Value>),
    /// The action, or the instantiation of the module, must fail as the kind says.
    AssertFails {
        /// How it must fail.
        failure: Failure,
        /// What must fail.
        subject: Subject,
        /// The message of the reference interpreter; empty for an exception.
        message: String,
    },
    /// Begins a thread; the commands up to [`CommandKind::EndThread`] are its own.
    BeginThread {
        /// What it is called.
        name: String,
        /// The module it shares with the script.
        shared_module: Option<String>,
    },
    /// Ends the commands of a thread.
    EndThread,
    /// Waits for a thread.
    Wait(String),
}

/// How something must fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// It traps.
    Trap,
    /// It uses up the stack.
    Exhaustion,
    /// It suspends without a handler.
    Suspension,
    /// It throws an exception.
    Exception,
    /// It has no meaning as a module.
    Malformed,
    /// Some annotation of it has no meaning.
    MalformedCustom,
    /// It is not valid.
    Invalid,
    /// Some custom section of it is not valid.
    InvalidCustom,
    /// It cannot be linked.
    Unlinkable,
}

/// What must fail.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// An action.
    Action(Action),
    /// A module, or its instantiation.
    Module(Module),
}

/// A module in a script.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Module {
    /// Where it stands in the text.
    pub span: Span,
    /// What it is called.
    pub name: Option<String>,
    /// Whether it is only defined, not instantiated.
    pub is_definition: bool,
    /// What it is given as.
    pub source: ModuleSource,
}

/// What a module in a script is given as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleSource {
    /// As text, in the script.
    Text,
    /// As the bytes of a binary.
    Binary(Vec<u8>),
    /// As text within strings, which may be no UTF-8.
    Quote(Vec<u8>),
}

/// An action.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// Calls an exported function.
    Invoke {
        /// The instance; the last one if there is none.
        module: Option<String>,
        /// The name of the export.
        name: String,
        /// The arguments.
        args: Vec<Value>,
    },
    /// Reads an exported global.
    Get {
        /// The instance; the last one if there is none.
        module: Option<String>,
        /// The name of the export.
        name: String,
    },
}

/// A value given, or a pattern for a value expected.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// `i32`, as bits.
    I32(u32),
    /// `i64`, as bits.
    I64(u64),
    /// `f32`.
    F32(Float<u32>),
    /// `f64`.
    F64(Float<u64>),
    /// `v128`.
    V128(Vector),
    /// `ref.null`, perhaps with the heap type as it is written.
    RefNull(Option<String>),
    /// Any other reference: the keyword behind `ref.`, such as `extern` or `i31`, and the number or
    /// the index behind it.
    Ref(&'static str, Option<u32>),
    /// One of several.
    Either(Vec<Value>),
}

/// A float, or a pattern for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Float<T> {
    /// A value, as bits.
    Bits(T),
    /// Any canonical NaN.
    CanonicalNan,
    /// Any arithmetic NaN.
    ArithmeticNan,
}

/// The lanes of a vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names are the specification's shapes")]
pub enum Vector {
    I8x16([u8; 16]),
    I16x8([u16; 8]),
    I32x4([u32; 4]),
    I64x2([u64; 2]),
    F32x4([Float<u32>; 4]),
    F64x2([Float<u64>; 2]),
}

impl Module {
    /// A module of which only the fields are written.
    pub(crate) fn of_fields(span: Span) -> Module {
        Module { span, name: None, is_definition: false, source: ModuleSource::Text }
    }
}
