(module
  (table $t 1 funcref)
  (func $f (param $i i64) (result funcref)
    (table.get $t (local.get $i))))
