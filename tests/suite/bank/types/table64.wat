(module
  (table $t i64 1 funcref)
  (func $f (param $i i32) (result funcref)
    (table.get $t (local.get $i))))
