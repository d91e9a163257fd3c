(module
  (func $a (export "a") (result i32)
    i32.const 1)

  (func $b (export "b") (result i32)
    call $a
    i32.const 1
    i32.shl))
