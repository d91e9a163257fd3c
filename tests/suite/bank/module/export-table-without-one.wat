(module
  (func $f (export "f") (param i32) (result i32)
    (local.get 0))
  (export "__indirect_function_table" (table 0)))
