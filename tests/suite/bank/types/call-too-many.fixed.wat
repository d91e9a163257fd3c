(module
  (func $square (param $x i32) (result i32)
    (i32.mul (local.get $x) (local.get $x)))
  (func (export "area") (param $w i32) (result i32)
    (call $square (local.get $w))))
