(module
  (func $double (param $x i32) (result i32)
    (i32.shl (local.get $x) (i32.const 1)))
  (export "double" (func $double)))
