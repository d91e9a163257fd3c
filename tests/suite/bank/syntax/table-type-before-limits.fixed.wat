(module
  (table $t 10 funcref)
  (func (export "size") (result i32)
    (table.size $t)))
