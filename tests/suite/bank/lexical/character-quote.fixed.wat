(module
  (func (export "is_a") (param $c i32) (result i32)
    (i32.eq (local.get $c) (i32.const 97))))
