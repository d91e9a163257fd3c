(module
  (table $t 8 externref)
  (func (export "reset") (param $v externref)
    (table.fill $t
      (i32.const 0)
      (local.get $v)
      (i32.const 8))))
