(module
  (table $slots (export "slots") 16 externref)
  (func (export "keep") (param $i i32) (param $obj externref)
    (table.set $slots (local.get $i) (local.get $obj))))
