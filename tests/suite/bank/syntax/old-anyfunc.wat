(module
  (table (export "table") 8 anyfunc)
  (func $f)
  (elem (i32.const 0) $f))
