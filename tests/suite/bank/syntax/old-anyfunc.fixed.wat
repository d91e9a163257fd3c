(module
  (table (export "table") 8 funcref)
  (func $f)
  (elem (i32.const 0) $f))
