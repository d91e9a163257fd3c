(module
  (func $inc (param $x i32) (result i32)
    (i32.add (local.get $x) (i32.const 1)))

  (func $dec (param $x i32) (result i32)
    (i32.sub (local.get $x) (i32.const 1)))

  (func (export "same") (param $x i32) (result i32)
    (call $inc (call $dec (local.get $x)))))
