(module
  (table $vtable 4 funcref)
  (func (export "same_method") (param $a i32) (param $b i32) (result i32)
    (ref.eq
      (table.get $vtable (local.get $a))
      (table.get $vtable (local.get $b)))))
