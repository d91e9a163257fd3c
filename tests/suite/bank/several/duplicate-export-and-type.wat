(module
  (func $one (export "get") (result i32)
    i32.const 1)
  (func $two (export "get") (result i64)
    i32.const 2)
  (func (export "three") (result i32)
    call $one))
