(module
  (table $handles 8 externref)
  (elem $fns func $f $g)
  (table $callbacks 8 funcref)
  (func $f) (func $g)
  (func (export "init") (param $at i32)
    local.get $at
    i32.const 0
    i32.const 2
    table.init $callbacks $fns)
  (func (export "set") (param i32 externref)
    (table.set $handles (local.get 0) (local.get 1))))
