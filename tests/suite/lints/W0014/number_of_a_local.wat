(module
  (func $f (export "f") (param i32) (result i32)
    (local i32)
    (i32.add (local.get 0) (local.get 1)))
)
