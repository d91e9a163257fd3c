(module
  (fn $add (a: i32, b: i32) -> i32 { a + b })
  (func (export "three") (result i32)
    (call $add (i32.const 1) (i32.const 2))))
