(module
  (type $t (func (param i32)))
  (memory (import "env" "memory") 1)
  (func $store (type $t)
    (i32.store (i32.const 0) (local.get 0)))
  (export "store" (func $store))
  (data (i32.const 8) "x"))
