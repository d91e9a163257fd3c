//! The module that the example `formula` makes at run time, on the engine.

#[path = "../../examples/formula.rs"]
#[expect(dead_code, reason = "the test calls the function that `main` calls")]
mod formula;

use wasmtime::{Engine, Instance, Module, Store};

#[test]
fn a_formula_is_evaluated() {
    let engine = Engine::default();
    let module = formula::compile("x x * y y * + sqrt").unwrap();
    let module = Module::new(&engine, &module.bytes).unwrap();
    let mut store = Store::new(&engine, ());
    let instance = Instance::new(&mut store, &module, &[]).unwrap();
    let value = instance.get_typed_func::<(f64, f64), f64>(&mut store, "value").unwrap();
    assert_eq!(value.call(&mut store, (3.0, 4.0)).unwrap(), 5.0);
}
