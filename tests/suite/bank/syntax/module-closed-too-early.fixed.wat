(module
  (memory (export "memory") 1)
  (func $a (export "a") (result i32)
    (i32.load (i32.const 0)))
  (func $b (export "b") (param i32)
    (i32.store (i32.const 0) (local.get 0)))
)
