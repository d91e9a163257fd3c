(module
  (func (export "mask") (param $x i64) (result i64)
    (i64.and
      (local.get $x)
      (i64.const 0x1ffffffffffffffff))))
