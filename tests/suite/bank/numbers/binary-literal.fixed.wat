(module
  (func (export "mask") (param $x i32) (result i32)
    (i32.and (local.get $x) (i32.const 10))))
