(module
  (func (export "same") (param $a i64) (param $b i64) (result i32)
    (i32.and
      (i64.eq (local.get $a) (local.get $b))
      (i64.eqz (i64.lt_s (local.get $a) (i64.const 0)))))
  (memory 1))
