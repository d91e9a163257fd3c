(module
  (func (export "addr") (param $p i32) (param $i i32) (result i64)
    (i64.add
      (i64.extend_u/i32 (local.get $p))
      (i64.extend32_u (local.get $i)))))
