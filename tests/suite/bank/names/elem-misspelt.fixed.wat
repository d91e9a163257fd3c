(module
  (table $t 4 funcref)
  (func $f)
  (elem $handlers func $f $f)
  (func (export "setup")
    i32.const 0
    i32.const 0
    i32.const 2
    table.init $t $handlers
    elem.drop $handlers))
