(module
  (table 4 funcref)
  (func $f (export "f") (result i32)
    (i32.const 3)))
