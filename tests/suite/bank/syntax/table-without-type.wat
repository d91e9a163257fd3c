(module
  (table $t 10)
  (func (export "size") (result i32)
    (table.size $t)))
