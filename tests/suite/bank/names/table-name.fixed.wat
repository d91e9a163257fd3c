(module
  (table $tbl 4 funcref)
  (func (result i32) (table.size $tbl)))
