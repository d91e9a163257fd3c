(module
  (table $t 2 10 funcref)
  (func $f)
  (elem (i32.const 1) $f $f)
  (func $g (export "g") (call_indirect (i32.const 0)))
)
