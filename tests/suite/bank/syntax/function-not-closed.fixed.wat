(module
  (memory 1)
  (func $first (result i32)
    (i32.load (i32.const 0)))

  (func $second (export "second") (result i32)
    (i32.add (call $first) (i32.const 1)))

  (export "first" (func $first)))
