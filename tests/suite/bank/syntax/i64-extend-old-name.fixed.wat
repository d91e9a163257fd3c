(module
  (func (export "addr") (param $p i32) (param $i i32) (result i64)
    (i64.add
      (i64.extend_i32_u (local.get $p))
      (i64.extend_i32_u (local.get $i)))))
