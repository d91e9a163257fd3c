(module
  (func (param $a f64) (param $b f64) (result f64)
    (f64.sub (local.get $a) (local.get $b)))
  (func (param $a i64) (result i32)
    (i64.eq (local.get $a) (i64.const 1))))
