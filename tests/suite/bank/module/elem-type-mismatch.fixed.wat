(module
  (table $objects 4 externref)
  (table $funcs 4 funcref)
  (func $f (result i32) i32.const 1)
  (elem (table $funcs) (i32.const 0) func $f)
  (export "objects" (table $objects)))
