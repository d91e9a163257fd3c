(module
  (type $row (struct (field i32)))
  (table $rows 2 2 (ref null $row))
  (elem (table $rows) (i32.const 0) (ref null $row)
    (item (struct.new $row (i32.const 1)))
    (item (struct.new $row (i32.const 2)))))
