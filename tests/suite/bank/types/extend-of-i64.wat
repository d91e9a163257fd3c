(module
  (func (export "widen") (param $a i64) (param $b i32) (result i64)
    (i64.add
      (i64.extend_i32_s (local.get $b))
      (i64.extend_i32_s (local.get $a)))))
