(module
  (func $triple (param $x i32) (result i32)
    (i32.mul (local.get $x) (i32.const 3)))
  (func (export "run") (result i32)
    (call $triple (i32.const 5))))
