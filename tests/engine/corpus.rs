//! The programs in corpus/ give the documented results.

use std::path::Path;
use std::sync::LazyLock;
use wasmtime::{
    Config, Engine, Extern, Func, Instance, Memory, Module, Result, Store, Tag, ThrownException, Trap,
    WasmParams, WasmResults,
};

/// A substitute for the C program that a trampoline is linked to: functions with zero to four integer
/// parameters, two functions of other types, and a null. The results depend on the order of the arguments.
const C_PROGRAM: &str = r#"
(module
  (memory (export "memory") 1)
  (table (export "__indirect_function_table") 8 funcref)
  (elem (i32.const 0) func $none $one $two $three $four $wide $void)

  (func $none (result i32)
    (i32.const 7))
  (func $one (param i32) (result i32)
    (local.get 0))
  (func $two (param i32 i32) (result i32)
    (i32.add (local.get 0) (i32.mul (local.get 1) (i32.const 10))))
  (func $three (param i32 i32 i32) (result i32)
    (i32.add (call $two (local.get 0) (local.get 1)) (i32.mul (local.get 2) (i32.const 100))))
  (func $four (param i32 i32 i32 i32) (result i32)
    (unreachable))
  (func $wide (param i64) (result i32)
    (unreachable))
  (func $void (param i32)
    (unreachable))
)"#;

/// Emscripten's name for the function table.
const TABLE: &str = "__indirect_function_table";

static ENGINE: LazyLock<Engine> = LazyLock::new(|| {
    let mut config = Config::new();
    config.wasm_function_references(true);
    config.wasm_gc(true);
    config.wasm_exceptions(true);
    config.wasm_tail_call(true);
    Engine::new(&config).expect("the engine supports the features of the corpus")
});

#[test]
fn both_trampolines_count_parameters() {
    for file in ["trampoline.wat", "trampoline_block.wat"] {
        let (mut program, _memory) = Program::linked(file, &[("e", "t", TABLE)]);
        let counts: Vec<i32> = (0..8).map(|pointer| program.call("f", pointer)).collect();
        assert_eq!(counts, [0, 1, 2, 3, -1, -1, -1, -1], "{file}");
        assert_eq!(program.trap::<_, i32>("f", 8), Trap::TableOutOfBounds, "{file}");
    }
}

#[test]
fn the_calling_trampoline_passes_as_many_arguments_as_parameters() {
    const SUCCESS: usize = 16;
    let imports = [("env", "memory", "memory"), ("env", TABLE, TABLE)];
    let (mut program, memory) = Program::linked("trampoline_call.wat", &imports);

    let mut call = |pointer: i32, before: u8| {
        memory.data_mut(&mut program.store)[SUCCESS..SUCCESS + 4].fill(before);
        let result: i32 = program.call("trampoline_call", (SUCCESS as i32, pointer, 1, 2, 3));
        let success = &memory.data(&program.store)[SUCCESS..SUCCESS + 4];
        (result, i32::from_le_bytes(success.try_into().unwrap()))
    };

    for before in [0x00, 0xff] {
        assert_eq!(call(0, before), (7, 1), "no argument");
        assert_eq!(call(1, before), (1, 1), "one argument");
        assert_eq!(call(2, before), (21, 1), "two arguments");
        assert_eq!(call(3, before), (321, 1), "three arguments");
        assert_eq!(call(4, before), (0, 0), "a function of four parameters");
        assert_eq!(call(5, before), (0, 0), "a function of another parameter type");
        assert_eq!(call(6, before), (0, 0), "a function without result");
        assert_eq!(call(7, before), (0, 0), "no function");
    }
}

#[test]
fn structs_have_fields_subtypes_and_methods() {
    let mut program = Program::new("structs.wat");
    assert_eq!(program.call::<_, (i32, i32, i32)>("moved", (10, 20)), (11, 22, 3));
    assert_eq!(program.call::<_, i32>("default_y", ()), 0);
    assert_eq!(program.call::<_, (i32, i32, i32, i32)>("packed", 0x1_fffe), (-2, 254, -2, 65534));
    assert_eq!(program.call::<_, (i32, i32, i32, i32)>("packed", 0x7f), (127, 127, 127, 127));
    assert_eq!(program.call::<_, i32>("list_sum", 0), 0);
    assert_eq!(program.call::<_, i32>("list_sum", 100), 5050);
    assert_eq!(program.call::<_, i32>("square_area", 5), 25);
    assert_eq!(program.call::<_, i32>("rectangle_area", (5, 6)), 30);
}

#[test]
fn arrays_are_filled_copied_and_loaded_from_segments() {
    let mut program = Program::new("arrays.wat");
    assert_eq!(program.call::<_, i32>("sum_of_primes", ()), 28);
    assert_eq!(program.call::<_, i32>("prime", 4), 11);
    assert_eq!(program.trap::<_, i32>("prime", 5), Trap::ArrayOutOfBounds);
    assert_eq!(program.call::<_, i32>("sum_of_equal", (3, 7)), 21);
    assert_eq!(program.call::<_, i32>("sum_of_filled", (4, 5, 6)), 30);
    assert_eq!(program.trap::<_, i32>("sum_of_filled", (5, 5, 6)), Trap::ArrayOutOfBounds);
    assert_eq!(program.call::<_, i32>("sum_of_squares", (0, 4)), 1 + 4 + 9 + 16);
    assert_eq!(program.call::<_, i32>("sum_of_squares", (2, 2)), 9 + 16);
    assert_eq!(program.trap::<_, i32>("sum_of_squares", (2, 3)), Trap::MemoryOutOfBounds);
    assert_eq!(program.string("bracketed", 9), "[, world]");
    assert_eq!(program.string("shifted", 12), "HeHello, wor");
    assert_eq!(program.call::<_, i32>("calculate", (0, 20, 3)), 23);
    assert_eq!(program.call::<_, i32>("calculate", (1, 20, 3)), 17);
    assert_eq!(program.call::<_, i32>("calculate", (2, 20, 3)), 60);
    assert_eq!(program.call::<_, i32>("is_null", 0), 1);
    assert_eq!(program.call::<_, i32>("is_null", 1), 0);
}

#[test]
fn i31_keeps_31_bits_and_larger_integers_are_boxed() {
    const LARGEST: i64 = (1 << 30) - 1;
    const SMALLEST: i64 = -(1 << 30);
    let mut program = Program::new("i31.wat");
    assert_eq!(program.call::<_, i32>("signed", -5), -5);
    assert_eq!(program.call::<_, i32>("signed", 0x4000_0000), -0x4000_0000);
    assert_eq!(program.call::<_, i32>("unsigned", -1), 0x7fff_ffff);
    assert_eq!(program.call::<_, i32>("equal", (42, 42)), 1);
    assert_eq!(program.call::<_, i32>("equal", (42, 43)), 0);
    assert_eq!(program.call::<_, i32>("ten", ()), 10);
    for (value, is_boxed) in
        [(0, 0), (LARGEST, 0), (SMALLEST, 0), (LARGEST + 1, 1), (SMALLEST - 1, 1), (i64::MAX, 1)]
    {
        assert_eq!(program.call::<_, i32>("is_boxed", value), is_boxed, "{value}");
    }
    for (left, right) in [(2, 3), (LARGEST, 1), (i64::MAX - 1, 1), (SMALLEST - 10, 10)] {
        assert_eq!(program.call::<_, i64>("add", (left, right)), left + right);
    }
}

#[test]
fn casts_distinguish_the_types_of_references() {
    const NULL: i32 = 0;
    const CIRCLE: i32 = 3;
    const SQUARE: i32 = 4;
    let mut program = Program::new("casts.wat");
    for (name, expected) in [
        // null, an i31, a shape, a circle, a square
        ("is_shape", [0, 0, 1, 1, 1]),
        ("is_shape_or_null", [1, 0, 1, 1, 1]),
        ("is_square", [0, 0, 0, 0, 1]),
        ("sides", [-1, -1, 5, 0, 4]),
        ("integer", [-1, 7, -1, -1, -1]),
        ("area", [0, -1, -1, 300, 9]),
        ("survives_the_host", [1, 1, 1, 1, 1]),
    ] {
        for (index, expected) in (0..).zip(expected) {
            assert_eq!(program.call::<_, i32>(name, index), expected, "{name} {index}");
        }
    }
    assert_eq!(program.call::<_, i32>("radius", CIRCLE), 10);
    assert_eq!(program.trap::<_, i32>("radius", SQUARE), Trap::CastFailure);
    assert_eq!(program.trap::<_, i32>("radius", NULL), Trap::CastFailure);
}

#[test]
fn function_references_are_called_unless_they_are_null() {
    const DOUBLE: i32 = 1;
    const SQUARE: i32 = 2;
    const NULL: i32 = 3;
    let mut program = Program::new("function_references.wat");
    assert_eq!(program.call::<_, i32>("fourfold", 5), 20);
    assert_eq!(program.call::<_, i32>("call", (SQUARE, 5)), 25);
    assert_eq!(program.trap::<_, i32>("call", (NULL, 5)), Trap::NullReference);
    assert_eq!(program.call::<_, i32>("call_or", (DOUBLE, 5, -1)), 10);
    assert_eq!(program.call::<_, i32>("call_or", (NULL, 5, -1)), -1);
    assert_eq!(program.call::<_, i32>("call_or_negate", (DOUBLE, 5)), 10);
    assert_eq!(program.call::<_, i32>("call_or_negate", (NULL, 5)), -5);
    assert_eq!(program.call::<_, i32>("repeat", (DOUBLE, 1, 10)), 1024);
    assert_eq!(program.trap::<_, i32>("repeat", (NULL, 1, 0)), Trap::NullReference);
    assert_eq!(program.call::<_, i32>("handle", (0, 5)), 5, "the table's own value");
    assert_eq!(program.call::<_, i32>("handle", (1, 5)), 20, "set by a segment");
    assert_eq!(program.call::<_, i32>("handle", (2, 5)), 5, "the table's own value");
}

#[test]
fn exceptions_are_caught_by_tag_and_rethrown() {
    let mut program = Program::new("exceptions.wat");
    assert_eq!(program.call::<_, i32>("divide", (20, 4)), 5);
    assert!(program.throws("divide", (1, 0)), "an exception nobody catches reaches the host");
    assert_eq!(program.call::<_, i32>("divide_or", (20, 4, -1)), 5);
    assert_eq!(program.call::<_, i32>("divide_or", (20, 0, -1)), -1);
    assert_eq!(program.call::<_, i32>("excess", 100), 0);
    assert_eq!(program.call::<_, i32>("excess", 107), 7);
    assert_eq!(program.call::<_, i32>("which", (100, 1)), 0);
    assert_eq!(program.call::<_, i32>("which", (100, 0)), 1);
    assert_eq!(program.call::<_, i32>("which", (101, 1)), 2);
    assert_eq!(program.call::<_, i32>("put_right", 99), 99);
    assert_eq!(program.call::<_, i32>("put_right", 200), 100);
    assert_eq!(program.call::<_, i32>("thrown_on", 200), -1);
    assert_eq!(program.call::<_, i32>("thrown_on", 201), 201);
}

#[test]
fn an_exception_rethrown_by_reference_keeps_its_tag() {
    let mut program = Program::new("exceptions.wat");
    assert!(program.throws("divide_finally", (1, 0)));
    let exception = program.store.take_pending_exception().expect("the exception thrown");
    let thrown = exception.tag(&mut program.store).expect("its tag");
    let exported =
        program.instance.get_export(&mut program.store, "division_by_zero").and_then(Extern::into_tag);
    assert!(Tag::eq(&thrown, &exported.expect("the tag's export"), &program.store));
}

#[test]
fn cleanup_runs_with_and_without_an_exception() {
    let mut program = Program::new("exceptions.wat");
    assert_eq!(program.call::<_, i32>("cleanups", ()), 0);
    assert_eq!(program.call::<_, i32>("divide_finally", (20, 4)), 5);
    assert_eq!(program.call::<_, i32>("cleanups", ()), 1);
    assert!(program.throws("divide_finally", (20, 0)));
    assert_eq!(program.call::<_, i32>("cleanups", ()), 2);
}

#[test]
fn tail_calls_do_not_exhaust_the_stack() {
    let mut program = Program::new("tail_calls.wat");
    assert_eq!(program.call::<_, i32>("is_even", 1_000_000_i64), 1);
    assert_eq!(program.call::<_, i32>("is_even", 1_000_001_i64), 0);
    assert_eq!(program.call::<_, i32>("is_odd", 7_i64), 1);
    assert_eq!(program.call::<_, i32>("collatz", 1_i64), 0);
    assert_eq!(program.call::<_, i32>("collatz", 27_i64), 111);
    assert_eq!(program.call::<_, i64>("sum_to", 1_000_000_i64), 500_000_500_000);
}

/// An instance of a program of the corpus.
struct Program {
    store: Store<()>,
    instance: Instance,
}

impl Program {
    fn new(file: &str) -> Self {
        Self::instantiate(Store::new(&ENGINE, ()), &assemble_file(file), &[])
    }

    /// Instantiates the program with exports of the C program as imports `(module, name, export)`. Also
    /// returns the memory of the C program.
    fn linked(file: &str, imports: &[(&str, &str, &str)]) -> (Self, Memory) {
        let mut c_program = Self::instantiate(Store::new(&ENGINE, ()), &assemble(C_PROGRAM), &[]);
        let bytes = assemble_file(file);

        let module = Module::new(&ENGINE, &bytes).unwrap();
        let declared: Vec<_> = module.imports().map(|import| (import.module(), import.name())).collect();
        let expected: Vec<_> = imports.iter().map(|&(module, name, _)| (module, name)).collect();
        assert_eq!(declared, expected, "{file} has the expected imports");

        let exports: Vec<Extern> = imports.iter().map(|&(_, _, export)| c_program.export(export)).collect();
        let memory = c_program.export("memory").into_memory().unwrap();
        (Self::instantiate(c_program.store, &bytes, &exports), memory)
    }

    fn instantiate(mut store: Store<()>, bytes: &[u8], imports: &[Extern]) -> Self {
        let module = Module::new(&ENGINE, bytes).unwrap();
        let instance = Instance::new(&mut store, &module, imports).unwrap();
        Self { store, instance }
    }

    fn export(&mut self, name: &str) -> Extern {
        self.instance.get_export(&mut self.store, name).unwrap_or_else(|| panic!("no export `{name}`"))
    }

    fn try_call<P: WasmParams, R: WasmResults>(&mut self, name: &str, arguments: P) -> Result<R> {
        let function: Func = self.export(name).into_func().unwrap();
        function.typed::<P, R>(&self.store).unwrap().call(&mut self.store, arguments)
    }

    fn call<P: WasmParams, R: WasmResults>(&mut self, name: &str, arguments: P) -> R {
        self.try_call(name, arguments).unwrap_or_else(|error| panic!("`{name}`: {error:?}"))
    }

    /// Calls an export and returns the trap.
    fn trap<P: WasmParams, R: WasmResults>(&mut self, name: &str, arguments: P) -> Trap {
        let error =
            self.try_call::<P, R>(name, arguments).err().unwrap_or_else(|| panic!("`{name}` returns"));
        error.downcast().unwrap_or_else(|error| panic!("`{name}`: {error:?}"))
    }

    /// Calls an export and returns whether it throws an exception.
    fn throws<P: WasmParams>(&mut self, name: &str, arguments: P) -> bool {
        self.try_call::<P, i32>(name, arguments).is_err_and(|error| error.is::<ThrownException>())
    }

    /// Returns the string whose bytes the export returns one by one.
    fn string(&mut self, name: &str, length: i32) -> String {
        (0..length).map(|index| self.call::<_, i32>(name, index) as u8 as char).collect()
    }
}

fn assemble_file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../corpus").join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    assemble(&text)
}

fn assemble(text: &str) -> Vec<u8> {
    gcwat::assemble(text).unwrap_or_else(|diagnostics| panic!("{diagnostics}"))
}
