(module
  (func $square (param $x i32) (result i32)
    (i32.mul (local.get $x) (local.get $x)))
  (func (export "run") (result i32)
    (call square (i32.const 9))))
