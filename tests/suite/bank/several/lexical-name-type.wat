(module
  (memory 1)
  (data (i32.const 0) "tab\q")
  (func $length (result i32)
    i32.const 5)
  (func (export "a") (result i32)
    (call $lenght))
  (func (export "b") (param $x i64) (result i32)
    i32.const 1
    local.get $x
    i32.add))
