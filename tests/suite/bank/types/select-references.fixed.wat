(module
  (table $t 2 externref)
  (func (export "either") (param $c i32) (result externref)
    (select (result externref)
      (table.get $t (i32.const 0))
      (table.get $t (i32.const 1))
      (local.get $c))))
