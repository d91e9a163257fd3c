(module
  (table 2 funcref)
  (func $handle_click) (func $handle_key)
  (elem (i32.const 0) $handle_click $handle_key))
