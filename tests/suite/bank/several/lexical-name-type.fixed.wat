(module
  (memory 1)
  (data (i32.const 0) "tab\t")
  (func $length (result i32)
    i32.const 5)
  (func (export "a") (result i32)
    (call $length))
  (func (export "b") (param $x i64) (result i32)
    i32.const 1
    (i32.wrap_i64 (local.get $x))
    i32.add))
