(module
  (table $t funcref 10)
  (func (export "size") (result i32)
    (table.size $t)))
