(module
  (table $t 4 funcref)
  (elem $handlers func $h)
  (func $h)
  (func (export "boot")
    (table.init $t $handlers (i32.const 0) (i32.const 0) (i32.const 1))))
