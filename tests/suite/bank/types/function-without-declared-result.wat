(module
  (memory 1)
  (func $double (export "double") (param $x i32)
    (i32.shl (local.get $x) (i32.const 1)))
  (func (export "load") (param $x i32) (result i32)
    (i32.load (local.get $x))))
