(module
  (table $t 10 funcref)
  (func $reg (param $i i32) (param $f funcref)
    (table.set $t (local.get $f) (local.get $i))))
