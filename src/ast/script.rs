//! The nodes of scripts. `crate::script` exports them.

use crate::span::Span;

/// A script.
///
/// ```
/// let script = gcwat::script::Script::parse("(module) (module)").unwrap();
/// assert_eq!(script.commands.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Script {
    /// The commands, in source order.
    pub commands: Vec<Command>,
}

/// A command of a script.
///
/// ```
/// let text = "(module) (assert_trap (invoke \"f\") \"unreachable\")";
/// let script = gcwat::script::Script::parse(text).unwrap();
/// assert!(text[script.commands[1].span.range()].starts_with("(assert_trap"));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Command {
    /// The location in the text.
    pub span: Span,
    /// The kind of the command.
    pub kind: CommandKind,
}

/// The kind of a command.
///
/// ```
/// use gcwat::script::{CommandKind, Script};
///
/// let script = Script::parse("(module $m) (register \"m\" $m)").unwrap();
/// let CommandKind::Register { name, module } = &script.commands[1].kind else { panic!() };
/// assert_eq!((name.as_str(), module.as_deref()), ("m", Some("m")));
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum CommandKind {
    /// Defines a module and instantiates it, unless it is a definition only.
    Module(Module),
    /// Instantiates a module that was defined.
    Instance {
        /// The name of the instance.
        name: Option<String>,
        /// The name of the module. `None` is the last module.
        module: Option<String>,
    },
    /// Makes the exports of an instance importable.
    Register {
        /// The module name to import from.
        name: String,
        /// The name of the instance. `None` is the last instance.
        module: Option<String>,
    },
    /// Performs an action.
    Action(Action),
    /// The action must return these results.
    AssertReturn(Action, Vec<Value>),
    /// The action, or the instantiation of the module, must fail.
    AssertFails {
        /// The kind of the failure.
        failure: Failure,
        /// The action or module that must fail.
        subject: Subject,
        /// The message of the reference interpreter. Empty for an exception.
        message: String,
    },
    /// Begins a thread, which executes the commands up to [`CommandKind::EndThread`].
    BeginThread {
        /// The name of the thread.
        name: String,
        /// The module that the thread shares with the script.
        shared_module: Option<String>,
    },
    /// Ends the commands of a thread.
    EndThread,
    /// Waits for a thread.
    Wait(String),
}

/// A kind of failure.
///
/// ```
/// use gcwat::script::{CommandKind, Failure, Script};
///
/// let script = Script::parse("(assert_invalid (module (func (result i32))) \"type mismatch\")").unwrap();
/// assert!(matches!(script.commands[0].kind, CommandKind::AssertFails { failure: Failure::Invalid, .. }));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure {
    /// A trap.
    Trap,
    /// Stack exhaustion.
    Exhaustion,
    /// A suspension without a handler.
    Suspension,
    /// An exception.
    Exception,
    /// The module is malformed.
    Malformed,
    /// An annotation of the module is malformed.
    MalformedCustom,
    /// The module is invalid.
    Invalid,
    /// A custom section of the module is invalid.
    InvalidCustom,
    /// The module cannot be linked.
    Unlinkable,
}

/// The action or module that must fail.
///
/// ```
/// use gcwat::script::{Action, CommandKind, Script, Subject};
///
/// let script = Script::parse("(assert_trap (invoke \"f\") \"unreachable\")").unwrap();
/// let CommandKind::AssertFails { subject, .. } = &script.commands[0].kind else { panic!() };
/// assert!(matches!(subject, Subject::Action(Action::Invoke { name, .. }) if name == "f"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// An action.
    Action(Action),
    /// A module, or its instantiation.
    Module(Module),
}

/// A module in a script.
///
/// ```
/// use gcwat::script::{CommandKind, Script};
///
/// let text = "(module $m (func))";
/// let script = Script::parse(text).unwrap();
/// let CommandKind::Module(module) = &script.commands[0].kind else { panic!() };
/// assert_eq!(module.name.as_deref(), Some("m"));
/// assert_eq!(module.assemble(text, &gcwat::Assembler::new()).unwrap(), gcwat::assemble(text).unwrap());
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Module {
    /// The location in the text.
    pub span: Span,
    /// The name of the module.
    pub name: Option<String>,
    /// Whether the module is defined but not instantiated.
    pub is_definition: bool,
    /// The form of the module.
    pub source: ModuleSource,
}

/// The form of a module in a script.
///
/// ```
/// use gcwat::script::{CommandKind, ModuleSource, Script};
///
/// let script = Script::parse(r#"(module binary "\00asm" "\01\00\00\00")"#).unwrap();
/// let CommandKind::Module(module) = &script.commands[0].kind else { panic!() };
/// assert_eq!(module.source, ModuleSource::Binary(b"\0asm\x01\0\0\0".to_vec()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleSource {
    /// Text.
    Text,
    /// The bytes of a binary.
    Binary(Vec<u8>),
    /// Text in strings, which may not be valid UTF-8.
    Quote(Vec<u8>),
}

/// An action.
///
/// ```
/// use gcwat::script::{Action, CommandKind, Script, Value};
///
/// let script = Script::parse("(invoke \"f\" (i32.const 1))").unwrap();
/// let CommandKind::Action(Action::Invoke { args, .. }) = &script.commands[0].kind else { panic!() };
/// assert_eq!(args, &[Value::I32(1)]);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Action {
    /// Calls an exported function.
    Invoke {
        /// The name of the instance. `None` is the last instance.
        module: Option<String>,
        /// The name of the export.
        name: String,
        /// The arguments.
        args: Vec<Value>,
    },
    /// Reads an exported global.
    Get {
        /// The name of the instance. `None` is the last instance.
        module: Option<String>,
        /// The name of the export.
        name: String,
    },
}

/// An argument, or a pattern for an expected result.
///
/// ```
/// use gcwat::script::{CommandKind, Float, Script, Value};
///
/// let text = "(assert_return (invoke \"f\") (i64.const -1) (f32.const nan:canonical) (ref.null))";
/// let script = Script::parse(text).unwrap();
/// let CommandKind::AssertReturn(_, values) = &script.commands[0].kind else { panic!() };
/// assert_eq!(values, &[Value::I64(u64::MAX), Value::F32(Float::CanonicalNan), Value::RefNull(None)]);
/// ```
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
    /// `ref.null`, with the heap type as in the text if there is one.
    RefNull(Option<String>),
    /// Any other reference: the keyword after `ref.`, such as `extern` or `i31`, and the number or index that follows.
    Ref(&'static str, Option<u32>),
    /// Any one of these values.
    Either(Vec<Value>),
}

/// A float, or a pattern for one.
///
/// ```
/// use gcwat::script::{CommandKind, Float, Script, Value};
///
/// let script = Script::parse("(assert_return (invoke \"f\") (f64.const 0.5))").unwrap();
/// let CommandKind::AssertReturn(_, values) = &script.commands[0].kind else { panic!() };
/// assert_eq!(values, &[Value::F64(Float::Bits(0.5f64.to_bits()))]);
/// ```
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
///
/// ```
/// use gcwat::script::{CommandKind, Script, Value, Vector};
///
/// let script = Script::parse("(assert_return (invoke \"f\") (v128.const i64x2 1 2))").unwrap();
/// let CommandKind::AssertReturn(_, values) = &script.commands[0].kind else { panic!() };
/// assert_eq!(values, &[Value::V128(Vector::I64x2([1, 2]))]);
/// ```
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
    /// Creates a module whose fields are not in `(module ...)`.
    pub(crate) fn of_fields(span: Span) -> Module {
        Module { span, name: None, is_definition: false, source: ModuleSource::Text }
    }
}
