//! Converts scripts to JSON and module files: the format of wabt's `wast2json` and of `wasm-tools json-from-wast`, which
//! the test runners of engines read.

use crate::assembler::Assembler;
use crate::ast::script::{
    Action, CommandKind, Failure, Float, Module, ModuleSource, Script, Subject, Value, Vector,
};
use crate::diagnostic::Diagnostics;
use crate::escape;
use crate::lex::Lexer;
use crate::span::{LineIndex, Span};
use serde_json::{Map, Value as Json, json};
use std::fmt::Display;

/// A script as JSON, and the module files that the JSON refers to.
///
/// ```
/// use gcwat::script::{Script, ScriptJson};
///
/// let text = "(module)";
/// let script = Script::parse(text).unwrap();
/// let ScriptJson { json, files, .. } = script.to_json(text, "f.wast", "f", &gcwat::Assembler::new()).unwrap();
/// assert!(json.contains("f.0.wasm"));
/// assert_eq!(files, [("f.0.wasm".to_owned(), b"\0asm\x01\0\0\0".to_vec())]);
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ScriptJson {
    /// The JSON, with each command on a line.
    pub json: String,
    /// The module files, each with its name and contents.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Script {
    /// Converts the script to JSON. `text` is the text of the script, `source` is its file name, and `stem` is the prefix
    /// of the names of module files. Modules are assembled by `assembler` without validation, since many are invalid on
    /// purpose.
    ///
    /// ```
    /// use gcwat::script::Script;
    ///
    /// let text = r#"(module (func (export "f"))) (assert_return (invoke "f"))"#;
    /// let script = Script::parse(text).unwrap();
    /// let made = script.to_json(text, "f.wast", "f", &gcwat::Assembler::new()).unwrap();
    /// assert_eq!(made.files[0].0, "f.0.wasm");
    /// assert!(made.json.contains(r#""type":"assert_return""#));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns the errors of a module that the script does not expect to be malformed or invalid.
    pub fn to_json(
        &self,
        text: &str,
        source: &str,
        stem: &str,
        assembler: &Assembler,
    ) -> Result<ScriptJson, Diagnostics> {
        let assembler = assembler.clone().validate(false);
        let lines = LineIndex::new(text);
        let mut writer = Writer { text, lines, stem, assembler, files: Vec::new(), count: 0 };
        let mut commands = Vec::new();
        // The head of the current thread, and the commands of the script before it.
        let mut outer: Option<(Map<String, Json>, Vec<Json>)> = None;
        for command in &self.commands {
            let mut object = Map::new();
            match &command.kind {
                CommandKind::BeginThread { name, shared_module } => {
                    writer.head(&mut object, "thread", command.span);
                    object.insert("name".into(), json!(name));
                    insert(&mut object, "shared_module", shared_module);
                    outer = Some((object, std::mem::take(&mut commands)));
                }
                CommandKind::EndThread => {
                    if let Some((mut thread, before)) = outer.take() {
                        thread
                            .insert("commands".into(), Json::Array(std::mem::replace(&mut commands, before)));
                        commands.push(Json::Object(thread));
                    }
                }
                kind => {
                    writer.command(&mut object, command.span, kind)?;
                    commands.push(Json::Object(object));
                }
            }
        }
        let commands: Vec<String> = commands.iter().map(escape::json::to_string).collect();
        let source = escape::json::to_string(&json!(source));
        let json =
            format!("{{\"source_filename\":{source},\n \"commands\":[\n  {}]}}\n", commands.join(",\n  "));
        Ok(ScriptJson { json, files: writer.files })
    }
}

fn insert(object: &mut Map<String, Json>, key: &str, value: &Option<String>) {
    if let Some(value) = value {
        object.insert(key.into(), json!(value));
    }
}

struct Writer<'a> {
    text: &'a str,
    lines: LineIndex,
    stem: &'a str,
    assembler: Assembler,
    files: Vec<(String, Vec<u8>)>,
    /// The number of modules so far.
    count: usize,
}

impl Writer<'_> {
    fn head(&self, object: &mut Map<String, Json>, kind: &str, span: Span) {
        object.insert("type".into(), json!(kind));
        // The line of the keyword. A comment may be between it and its parenthesis.
        let keyword = Lexer::plain(self.text, span).next().map_or(span.start, |token| token.span().end - 1);
        object.insert("line".into(), json!(self.lines.position(self.text, keyword).line));
    }

    /// Returns the span of the first form in a command, which is its subject.
    fn subject(&self, command: Span) -> Span {
        let mut tokens = Lexer::plain(self.text, command);
        tokens.next();
        tokens.find(|token| token.kind.is_open()).map_or(command, |token| token.span())
    }

    fn command(
        &mut self,
        object: &mut Map<String, Json>,
        span: Span,
        kind: &CommandKind,
    ) -> Result<(), Diagnostics> {
        match kind {
            CommandKind::Module(module) => {
                let kind = if module.is_definition { "module_definition" } else { "module" };
                self.head(object, kind, module.span);
                insert(object, "name", &module.name);
                self.module(object, module, None)?;
            }
            CommandKind::Instance { name, module } => {
                self.head(object, "module_instance", span);
                insert(object, "instance", name);
                insert(object, "module", module);
            }
            CommandKind::Register { name, module } => {
                self.head(object, "register", span);
                insert(object, "name", module);
                object.insert("as".into(), json!(name));
            }
            CommandKind::Action(action) => {
                self.head(object, "action", span);
                object.insert("action".into(), action_json(action));
            }
            CommandKind::AssertReturn(action, values) => {
                self.head(object, "assert_return", self.subject(span));
                object.insert("action".into(), action_json(action));
                object.insert("expected".into(), values.iter().map(value_json).collect());
            }
            CommandKind::AssertFails { failure, subject, message } => {
                let is_module = matches!(subject, Subject::Module(_));
                let kind = match failure {
                    Failure::Trap if is_module => "assert_uninstantiable",
                    Failure::Trap => "assert_trap",
                    Failure::Exhaustion => "assert_exhaustion",
                    Failure::Suspension => "assert_suspension",
                    Failure::Exception => "assert_exception",
                    Failure::Malformed => "assert_malformed",
                    Failure::MalformedCustom => "assert_malformed_custom",
                    Failure::Invalid => "assert_invalid",
                    Failure::InvalidCustom => "assert_invalid_custom",
                    Failure::Unlinkable => "assert_unlinkable",
                };
                let at = match failure {
                    Failure::Exhaustion | Failure::Suspension | Failure::Exception => span,
                    _ => self.subject(span),
                };
                self.head(object, kind, at);
                match subject {
                    Subject::Action(action) => _ = object.insert("action".into(), action_json(action)),
                    Subject::Module(module) => self.module(object, module, Some(*failure))?,
                }
                if *failure != Failure::Exception {
                    object.insert("text".into(), json!(message));
                }
            }
            CommandKind::Wait(thread) => {
                self.head(object, "wait", span);
                object.insert("thread".into(), json!(thread));
            }
            // The caller writes threads.
            CommandKind::BeginThread { .. } | CommandKind::EndThread => {}
        }
        Ok(())
    }

    /// Adds a module file and its properties. A module that is expected to fail and cannot be assembled is added as text.
    fn module(
        &mut self,
        object: &mut Map<String, Json>,
        module: &Module,
        failure: Option<Failure>,
    ) -> Result<(), Diagnostics> {
        let number = self.count;
        self.count += 1;
        let binary_name = format!("{}.{number}.wasm", self.stem);
        let assembled = module.assemble_in(self.text, Some(&self.lines), &self.assembler);
        let text = match (&module.source, &assembled) {
            (ModuleSource::Quote(text), _) => text.clone(),
            (_, Ok(bytes)) => {
                object.insert("filename".into(), json!(binary_name));
                object.insert("module_type".into(), json!("binary"));
                self.files.push((binary_name, bytes.clone()));
                return Ok(());
            }
            (_, Err(_)) if failure.is_some() => self.text[module.span.range()].as_bytes().to_vec(),
            (_, Err(errors)) => return Err(errors.clone()),
        };
        let name = format!("{}.{number}.wat", self.stem);
        object.insert("filename".into(), json!(name));
        object.insert("module_type".into(), json!("text"));
        self.files.push((name, text));
        if !matches!(failure, Some(Failure::Malformed | Failure::MalformedCustom))
            && let Ok(bytes) = assembled
        {
            object.insert("binary_filename".into(), json!(binary_name));
            self.files.push((binary_name, bytes));
        }
        Ok(())
    }
}

fn action_json(action: &Action) -> Json {
    let mut object = Map::new();
    match action {
        Action::Invoke { module, name, args } => {
            object.insert("type".into(), json!("invoke"));
            insert(&mut object, "module", module);
            object.insert("field".into(), json!(name));
            object.insert("args".into(), args.iter().map(value_json).collect());
        }
        Action::Get { module, name } => {
            object.insert("type".into(), json!("get"));
            insert(&mut object, "module", module);
            object.insert("field".into(), json!(name));
        }
    }
    Json::Object(object)
}

fn value_json(value: &Value) -> Json {
    match value {
        Value::I32(bits) => json!({"type": "i32", "value": (*bits as i32).to_string()}),
        Value::I64(bits) => json!({"type": "i64", "value": (*bits as i64).to_string()}),
        Value::F32(float) => json!({"type": "f32", "value": float_text(float)}),
        Value::F64(float) => json!({"type": "f64", "value": float_text(float)}),
        Value::V128(vector) => {
            let (lane_type, lanes) = lanes(vector);
            json!({"type": "v128", "lane_type": lane_type, "value": lanes})
        }
        Value::RefNull(heap_type) => null_json(heap_type.as_deref()),
        Value::Ref("func", Some(index)) => json!({"type": "funcref", "value": {"index": index}}),
        // Engines represent host references as `anyref`.
        Value::Ref("host", number) => numbered("anyref", *number),
        Value::Ref("i31_shared", _) => json!({"type": "i31refshared"}),
        Value::Ref(kind, number) => numbered(&format!("{kind}ref"), *number),
        Value::Either(values) => {
            json!({"type": "either", "values": values.iter().map(value_json).collect::<Vec<_>>()})
        }
    }
}

fn numbered(kind: &str, number: Option<u32>) -> Json {
    match number {
        Some(number) => json!({"type": kind, "value": number.to_string()}),
        None => json!({"type": kind}),
    }
}

/// Converts a null reference. The JSON has different properties for different heap types.
fn null_json(heap_type: Option<&str>) -> Json {
    match heap_type {
        Some(name @ ("func" | "extern" | "any" | "exn" | "cont")) => {
            json!({"type": format!("{name}ref"), "value": "null"})
        }
        Some(name @ ("eq" | "i31" | "struct" | "array")) => json!({"type": format!("{name}ref")}),
        Some("none") => json!({"type": "nullref"}),
        Some("nofunc") => json!({"type": "nullfuncref"}),
        Some("noextern") => json!({"type": "nullexternref"}),
        Some("noexn") => json!({"type": "nullexnref"}),
        Some("nocont") => json!({"type": "nullcontref"}),
        _ => json!({"type": "refnull"}),
    }
}

fn float_text<T: Display>(float: &Float<T>) -> String {
    match float {
        Float::Bits(bits) => bits.to_string(),
        Float::CanonicalNan => "nan:canonical".to_owned(),
        Float::ArithmeticNan => "nan:arithmetic".to_owned(),
    }
}

fn lanes(vector: &Vector) -> (&'static str, Vec<String>) {
    fn all<T>(lanes: &[T], text: impl FnMut(&T) -> String) -> Vec<String> {
        lanes.iter().map(text).collect()
    }
    match vector {
        Vector::I8x16(lanes) => ("i8", all(lanes, |lane| (*lane as i8).to_string())),
        Vector::I16x8(lanes) => ("i16", all(lanes, |lane| (*lane as i16).to_string())),
        Vector::I32x4(lanes) => ("i32", all(lanes, |lane| (*lane as i32).to_string())),
        Vector::I64x2(lanes) => ("i64", all(lanes, |lane| (*lane as i64).to_string())),
        Vector::F32x4(lanes) => ("f32", all(lanes, float_text)),
        Vector::F64x2(lanes) => ("f64", all(lanes, float_text)),
    }
}
