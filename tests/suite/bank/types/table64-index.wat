(module
  (table $t i64 10 funcref)
  (func (export "at") (param $i i32) (result funcref)
    (table.get $t (local.get $i))))
