(module
  (table $t i64 1 funcref)
  (func $f (param $i i32) (result funcref)
    (table.get $t (i64.extend_i32_u (local.get $i)))))
