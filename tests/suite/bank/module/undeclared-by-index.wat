(module
  (table $t 1 funcref)
  (func $zero (result i32) (i32.const 0))
  (func $install
    (table.set $t (i32.const 0) (ref.func 0)))
  (start $install))
