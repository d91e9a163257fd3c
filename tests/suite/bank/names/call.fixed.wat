(module
  (func $twice (param $x i32) (result i32) (i32.shl (local.get $x) (i32.const 1)))
  (func (export "f") (result i32) (call $twice (i32.const 4))))
