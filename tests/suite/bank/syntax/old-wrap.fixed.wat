(module
  (func (export "low") (param $x i64) (result i32)
    (i32.wrap_i64 (local.get $x))))
