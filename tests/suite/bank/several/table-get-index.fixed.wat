(module
  (table $t 1 funcref)
  (func $f (param $i i64) (result funcref)
    (table.get $t (i32.wrap_i64 (local.get $i)))))
