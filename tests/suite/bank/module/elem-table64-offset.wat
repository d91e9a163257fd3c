(module
  (table $t i64 8 funcref)
  (func $f (result i32) (i32.const 1))
  (elem (table $t) (offset i32.const 2) func $f)
  (func (export "call") (result i32)
    (call_indirect $t (result i32) (i64.const 2))))
