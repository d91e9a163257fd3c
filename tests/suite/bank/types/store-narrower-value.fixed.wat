(module
  (memory 1)
  (func (export "save") (param $p i32) (param $n i32)
    (i64.store offset=16 (local.get $p) (i64.extend_i32_u (local.get $n)))))
