(module
  (table $objects 4 externref)
  (elem $handlers func $a $b)
  (func $a)
  (func $b)
  (func (export "install")
    (table.init $objects $handlers
      (i32.const 0) (i32.const 0) (i32.const 2))))
