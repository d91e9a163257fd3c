(module
  (func (export "f") (param i32)
    (block (block
      (br_table 0 1 2 2 (local.get 0))))))
