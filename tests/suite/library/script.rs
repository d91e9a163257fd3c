//! Scripts.

use super::diagnostics::check_sane;
use super::*;
use gcwat::script::{
    Action, CommandKind, Failure, Float, Module, ModuleSource, Script, Subject, Value, Vector,
};

/// Every kind of command.
const SCRIPT: &str = r#"
(module $text (func (export "f") (param i32) (result i32) local.get 0)
  (global (export "g") i32 (i32.const 7)))
(module $binary binary "\00asm" "\01\00\00\00")
(module $quote quote "(func" ")")
(module definition $defined (memory 1))
(module definition (memory 2))
(module definition binary "\00asm\01\00\00\00")
(module definition $q quote "(memory 3)")
(module instance $instance $defined)
(module instance $latest)
(module instance)
(register "m")
(register "n" $text)
(invoke "f" (i32.const 1))
(invoke $text "f" (i32.const -1))
(get "g")
(get $text "g")
(assert_return (invoke "f" (i32.const 1)) (i32.const 1))
(assert_return (get $text "g") (i32.const 7))
(assert_return (invoke "f"))
(assert_trap (invoke "f") "unreachable")
(assert_trap (module (func unreachable) (start 0)) "unreachable")
(assert_exhaustion (invoke "f") "call stack exhausted")
(assert_suspension (invoke "f") "unhandled tag")
(assert_exception (invoke "f"))
(assert_malformed (module quote "(func") "unexpected end")
(assert_malformed (module binary "") "unexpected end")
(assert_malformed_custom (module quote "(@custom)") "@custom annotation: missing section name")
(assert_invalid (module (func (result i32))) "type mismatch")
(assert_invalid_custom (module (@custom "a" (before last))) "invalid")
(assert_unlinkable (module (import "a" "b" (func))) "unknown import")
(thread $T
  (register "m" $text)
  (module (func))
  (assert_return (invoke "f")))
(thread $U)
(wait $T)
"#;

fn commands(text: &str) -> Vec<CommandKind> {
    let script = Script::parse(text).unwrap_or_else(|errors| panic!("{errors}"));
    script.commands.into_iter().map(|command| command.kind).collect()
}

fn only_command(text: &str) -> CommandKind {
    let [command] = <[CommandKind; 1]>::try_from(commands(text)).unwrap();
    command
}

fn as_module(command: &CommandKind) -> &Module {
    match command {
        CommandKind::Module(module) | CommandKind::AssertFails { subject: Subject::Module(module), .. } => {
            module
        }
        other => panic!("no module: {other:?}"),
    }
}

fn some(name: &str) -> Option<String> {
    Some(name.to_owned())
}

#[test]
fn every_kind_of_command_is_read() {
    let kinds: Vec<String> = commands(SCRIPT)
        .iter()
        .map(|command| match command {
            CommandKind::Module(module) => {
                let source = match &module.source {
                    ModuleSource::Text => "text",
                    ModuleSource::Binary(_) => "binary",
                    ModuleSource::Quote(_) => "quote",
                };
                format!(
                    "{} {source} {:?}",
                    if module.is_definition { "definition" } else { "module" },
                    module.name
                )
            }
            CommandKind::Instance { name, module } => format!("instance {name:?} {module:?}"),
            CommandKind::Register { name, module } => format!("register {name} {module:?}"),
            CommandKind::Action(Action::Invoke { module, name, args }) => {
                format!("invoke {module:?} {name} {}", args.len())
            }
            CommandKind::Action(Action::Get { module, name }) => format!("get {module:?} {name}"),
            CommandKind::AssertReturn(Action::Invoke { .. }, values) => format!("returns {}", values.len()),
            CommandKind::AssertReturn(_, values) => format!("has {}", values.len()),
            CommandKind::AssertFails { failure, subject, message } => match subject {
                Subject::Action(_) => format!("{failure:?} action: {message}"),
                Subject::Module(_) => format!("{failure:?} module: {message}"),
            },
            CommandKind::BeginThread { name, shared_module } => format!("thread {name} {shared_module:?}"),
            CommandKind::EndThread => "end".to_owned(),
            CommandKind::Wait(name) => format!("wait {name}"),
            other => format!("{other:?}"),
        })
        .collect();
    let expected = "\
module text Some(\"text\")
module binary Some(\"binary\")
module quote Some(\"quote\")
definition text Some(\"defined\")
definition text None
definition binary None
definition quote Some(\"q\")
instance Some(\"instance\") Some(\"defined\")
instance Some(\"latest\") None
instance None None
register m None
register n Some(\"text\")
invoke None f 1
invoke Some(\"text\") f 1
get None g
get Some(\"text\") g
returns 1
has 1
returns 0
Trap action: unreachable
Trap module: unreachable
Exhaustion action: call stack exhausted
Suspension action: unhandled tag
Exception action: 
Malformed module: unexpected end
Malformed module: unexpected end
MalformedCustom module: @custom annotation: missing section name
Invalid module: type mismatch
InvalidCustom module: invalid
Unlinkable module: unknown import
thread T None
register m Some(\"text\")
module text None
returns 0
end
thread U None
end
wait T";
    assert_eq!(kinds.join("\n"), expected);
}

#[test]
fn a_thread_can_share_an_instance() {
    let all = commands("(thread $T (shared (module $M)) (register \"mem\" $M))");
    assert!(matches!(&all[0], CommandKind::BeginThread { name, shared_module }
        if name == "T" && *shared_module == some("M")));
    assert_eq!(all.len(), 3);
}

#[test]
fn a_module_has_a_span() {
    for command in &Script::parse(SCRIPT).unwrap().commands {
        let text = &SCRIPT[command.span.range()];
        if let CommandKind::Module(module) = &command.kind {
            assert!(text.starts_with("(module") && text.ends_with(')'), "{text}");
            assert_eq!(module.span, command.span);
        }
        if let CommandKind::AssertFails { subject: Subject::Module(module), .. } = &command.kind {
            assert!(text.starts_with("(assert_"), "{text}");
            let module = &SCRIPT[module.span.range()];
            assert!(module.starts_with("(module ") && module.ends_with(')'), "{module}");
        }
    }
}

#[test]
fn a_command_has_a_span() {
    let kinds = [
        "(module binary \"\")",
        "(module instance $i $m)",
        "(register \"m\" $m)",
        "(invoke \"f\")",
        "(get $m \"g\")",
        "(assert_return (invoke \"f\") (i32.const 1))",
        "(assert_trap (invoke \"f\") \"unreachable\")",
        "(assert_invalid (module (func)) \"type mismatch\")",
        "(assert_exception (invoke \"f\"))",
        "(wait $T)",
    ];
    let text = kinds.join("\n");
    let script = Script::parse(&text).unwrap();
    let places: Vec<&str> = script.commands.iter().map(|command| &text[command.span.range()]).collect();
    assert_eq!(places, kinds);

    let text = format!("(thread $T {text})");
    let script = Script::parse(&text).unwrap();
    let commands = &script.commands[1..=kinds.len()];
    let places: Vec<&str> = commands.iter().map(|command| &text[command.span.range()]).collect();
    assert_eq!(places, kinds);
}

#[test]
fn a_module_in_a_script_assembles_like_a_separate_file() {
    let all = commands(SCRIPT);
    let assembler = Assembler::new();
    let module = |index: usize| as_module(&all[index]).assemble(SCRIPT, &assembler);
    let text = &SCRIPT[as_module(&all[0]).span.range()];
    assert_eq!(module(0).unwrap(), gcwat::assemble(text).unwrap());
    assert_eq!(module(1).unwrap(), EMPTY_MODULE);
    assert_eq!(module(2).unwrap(), gcwat::assemble("(func)").unwrap());
    assert_eq!(module(3).unwrap(), gcwat::assemble("(memory 1)").unwrap());
    assert_eq!(module(4).unwrap(), gcwat::assemble("(memory 2)").unwrap());
    assert_eq!(module(6).unwrap(), gcwat::assemble("(memory 3)").unwrap());
    for command in &all {
        if let CommandKind::AssertFails { failure, subject: Subject::Module(module), .. } = command {
            let is_text = !matches!(module.source, ModuleSource::Binary(_));
            let result = module.assemble(SCRIPT, &assembler);
            match failure {
                Failure::Malformed | Failure::MalformedCustom | Failure::Invalid if is_text => {
                    assert!(result.is_err());
                }
                Failure::Trap | Failure::Unlinkable => assert!(result.is_ok()),
                _ => {}
            }
        }
    }
    let named = as_module(&all[0]).assemble(SCRIPT, &Assembler::new().names(true)).unwrap();
    assert!(named.windows(5).any(|window| window == b"\x04text"));
}

#[test]
fn errors_of_a_module_have_locations_in_the_script() {
    let text =
        "(module (func))\n\n(module $\u{6d}\n  (func call $f)) (assert_invalid (module (func call $g)) \"\")";
    let all = commands(text);
    let errors = as_module(&all[1]).assemble(text, &Assembler::new()).unwrap_err();
    assert_eq!(found(text, &errors), [(Code::UnknownName, "$f")]);
    assert_eq!(errors.with_positions().next().unwrap().1, position(4, 14));
    let errors = as_module(&all[2]).assemble(text, &Assembler::new()).unwrap_err();
    assert_eq!(found(text, &errors), [(Code::UnknownName, "$g")]);

    // In quoted text, offsets are in the concatenation of the strings, with a space between them.
    let text = r#"(module quote "(func)" "  (func call $f)")"#;
    let errors = as_module(&only_command(text)).assemble(text, &Assembler::new()).unwrap_err();
    assert_eq!(errors.to_string(), "1:21: error: unknown function `$f` [E0301]");
}

#[test]
fn quoted_text_and_binaries_need_not_be_utf_8() {
    let CommandKind::Module(module) = only_command(r#"(module quote "(func)" "\ff")"#) else { panic!() };
    let ModuleSource::Quote(bytes) = &module.source else { panic!() };
    assert_eq!(bytes.trim_ascii_end(), b"(func) \xff");
    let errors = module.assemble("", &Assembler::new()).unwrap_err();
    assert_eq!(errors.iter().next().unwrap().code, Code::BadUtf8);

    let CommandKind::Module(module) = only_command(r#"(module binary "\00a" "" "\ff")"#) else { panic!() };
    assert_eq!(module.source, ModuleSource::Binary(b"\0a\xff".to_vec()));
    assert_eq!(module.assemble("", &Assembler::new()).unwrap(), b"\0a\xff");
}

/// Returns the expected results of an assertion.
fn values(text: &str) -> Vec<Value> {
    match only_command(&format!("(assert_return (invoke \"f\") {text})")) {
        CommandKind::AssertReturn(_, values) => values,
        other => panic!("{other:?}"),
    }
}

#[test]
fn numbers_are_parsed_as_bits() {
    for (text, value) in [
        ("(i32.const -1)", Value::I32(u32::MAX)),
        ("(i32.const 0xffff_ffff)", Value::I32(u32::MAX)),
        ("(i64.const -2)", Value::I64(u64::MAX - 1)),
        ("(f32.const 1)", Value::F32(Float::Bits(1f32.to_bits()))),
        ("(f32.const -0x1p-149)", Value::F32(Float::Bits(0x8000_0001))),
        ("(f32.const nan)", Value::F32(Float::Bits(0x7fc0_0000))),
        ("(f32.const -nan:0x1)", Value::F32(Float::Bits(0xff80_0001))),
        ("(f32.const nan:canonical)", Value::F32(Float::CanonicalNan)),
        ("(f32.const nan:arithmetic)", Value::F32(Float::ArithmeticNan)),
        ("(f64.const 1e308)", Value::F64(Float::Bits(1e308f64.to_bits()))),
        ("(f64.const -inf)", Value::F64(Float::Bits((-f64::INFINITY).to_bits()))),
        ("(f64.const nan:canonical)", Value::F64(Float::CanonicalNan)),
        ("(f64.const nan:arithmetic)", Value::F64(Float::ArithmeticNan)),
    ] {
        assert_eq!(values(text), [value], "{text}");
    }
}

#[test]
fn vectors_are_parsed_by_shape() {
    let bits = |value: f32| Float::Bits(value.to_bits());
    for (text, value) in [
        (
            "(v128.const i8x16 0 1 2 3 4 5 6 7 8 9 10 11 12 13 -2 255)",
            Vector::I8x16([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 254, 255]),
        ),
        ("(v128.const i16x8 0 1 2 3 4 5 -1 0xffff)", Vector::I16x8([0, 1, 2, 3, 4, 5, u16::MAX, u16::MAX])),
        ("(v128.const i32x4 0 1 -1 3)", Vector::I32x4([0, 1, u32::MAX, 3])),
        ("(v128.const i64x2 -1 2)", Vector::I64x2([u64::MAX, 2])),
        (
            "(v128.const f32x4 1.5 nan:canonical nan:arithmetic -0)",
            Vector::F32x4([bits(1.5), Float::CanonicalNan, Float::ArithmeticNan, bits(-0.0)]),
        ),
        (
            "(v128.const f64x2 nan:canonical 2)",
            Vector::F64x2([Float::CanonicalNan, Float::Bits(2f64.to_bits())]),
        ),
    ] {
        assert_eq!(values(text), [Value::V128(value)], "{text}");
    }
}

#[test]
fn references_are_parsed_by_kind() {
    for (text, value) in [
        ("(ref.null)", Value::RefNull(None)),
        ("(ref.null func)", Value::RefNull(some("func"))),
        ("(ref.null any)", Value::RefNull(some("any"))),
        ("(ref.null $t)", Value::RefNull(some("$t"))),
        ("(ref.extern)", Value::Ref("extern", None)),
        ("(ref.extern 3)", Value::Ref("extern", Some(3))),
        ("(ref.host 4)", Value::Ref("host", Some(4))),
        ("(ref.func)", Value::Ref("func", None)),
        ("(ref.func 2)", Value::Ref("func", Some(2))),
        ("(ref.any)", Value::Ref("any", None)),
        ("(ref.eq)", Value::Ref("eq", None)),
        ("(ref.i31)", Value::Ref("i31", None)),
        ("(ref.i31_shared)", Value::Ref("i31_shared", None)),
        ("(ref.struct)", Value::Ref("struct", None)),
        ("(ref.array)", Value::Ref("array", None)),
        ("(ref.exn)", Value::Ref("exn", None)),
    ] {
        assert_eq!(values(text), [value], "{text}");
    }
}

#[test]
fn expected_values_can_have_alternatives() {
    assert_eq!(
        values("(either (i32.const 1) (f32.const nan:canonical) (ref.null any)) (i64.const 5)"),
        [
            Value::Either(vec![Value::I32(1), Value::F32(Float::CanonicalNan), Value::RefNull(some("any"))]),
            Value::I64(5)
        ]
    );
    assert_eq!(values(""), []);
}

#[test]
fn names_in_commands_are_decoded() {
    let CommandKind::Action(Action::Invoke { module, name, args }) =
        only_command(r#"(invoke $"a b" "\u{e9}\n" (ref.extern 1))"#)
    else {
        panic!()
    };
    assert_eq!((module, name.as_str()), (some("a b"), "\u{e9}\n"));
    assert_eq!(args, [Value::Ref("extern", Some(1))]);
}

#[test]
fn fields_without_a_module_are_a_module() {
    let text = "(func (export \"f\")) ;; no module around it\n(memory 1)";
    let command = only_command(text);
    let module = as_module(&command);
    assert_eq!(module.assemble(text, &Assembler::new()).unwrap(), gcwat::assemble(text).unwrap());
    assert_eq!((&module.name, module.is_definition), (&None, false));
    assert_eq!(commands(""), []);
    assert_eq!(commands(";; nothing\n(; at all ;) (@annotation)"), []);
}

#[test]
fn an_unknown_script_command_is_rejected() {
    for text in [
        "(unknown)",
        "invoke",
        "(invoke)",
        "(invoke f)",
        "(invoke \"f\" i32.const 1)",
        "(invoke \"f\" (i32.add))",
        "(invoke \"\\ff\")",
        "(assert_return)",
        "(assert_return (module))",
        "(assert_return (invoke \"f\") (i32.const))",
        "(assert_return (invoke \"f\") (i32.const 4294967296))",
        "(assert_return (invoke \"f\") (v128.const i32x4 1 2 3))",
        "(assert_return (invoke \"f\") (i32.const nan:canonical))",
        "(assert_trap (invoke \"f\"))",
        "(assert_trap \"f\")",
        "(assert_malformed (invoke \"f\") \"\")",
        "(assert_invalid (module))",
        "(register)",
        "(register $m)",
        "(module binary 1)",
        "(module quote (func))",
        "(module instance $a $b $c)",
        "(thread)",
        "(wait)",
        "(wait \"T\")",
        "(either (i32.const 1))",
        "(module",
        "(module))",
        "(func) (invoke \"f\")",
        "(invoke \"f\") (func)",
    ] {
        match Script::parse(text) {
            Ok(script) => panic!("accepted: {text}: {script:?}"),
            Err(errors) => check_sane(text, &errors),
        }
    }
}

#[test]
fn a_script_reports_all_its_errors() {
    let text = "(invoke)\n(register \"m\")\n(get)\n(assert_return)";
    let errors = Script::parse(text).unwrap_err();
    let lines: Vec<u32> = errors.with_positions().map(|(_, position)| position.line).collect();
    assert_eq!(lines, [1, 3, 4]);
}

#[test]
fn an_error_in_a_module_does_not_stop_the_script() {
    let text = "(module (func i32.ad)) (module (func)) (assert_invalid (module (foo)) \"\")";
    let all = commands(text);
    let assembler = Assembler::new();
    assert!(as_module(&all[0]).assemble(text, &assembler).is_err());
    assert!(as_module(&all[1]).assemble(text, &assembler).is_ok());
    assert!(as_module(&all[2]).assemble(text, &assembler).is_err());
}

#[test]
fn annotations_between_commands_must_be_well_formed() {
    Script::parse("(@a (@b) ,;) (module) (@custom \"a\")").unwrap();
    for (text, at) in
        [("(module) (@)", 9), ("(@ a) (module)", 0), ("(func) (@x \"\\q\")", 12), ("(module) (@x \u{1})", 13)]
    {
        let errors = Script::parse(text).unwrap_err();
        let places: Vec<u32> = errors.iter().map(|error| error.span.start).collect();
        assert_eq!(places, [at], "{text}: {errors}");
    }
    let errors = Script::parse("(module) (@a").unwrap_err();
    assert_eq!(errors.iter().count(), 1, "{errors}");
}
