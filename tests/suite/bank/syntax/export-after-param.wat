(module
  (func $f (param i32) (export "f")))
