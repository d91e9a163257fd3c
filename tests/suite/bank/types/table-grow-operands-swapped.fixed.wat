(module
  (table $t (export "t") 1 10 externref)
  (func (export "add") (param $x externref) (result i32)
    (table.grow $t (local.get $x) (i32.const 1))))
