(module
  (func (export "f") (param i32)
    (block (block
      (br_table 0 1 2 3 (local.get 0))))))
