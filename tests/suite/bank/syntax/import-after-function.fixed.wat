(module
  (memory 1)
  (func $double (param i32) (result i32)
    (i32.shl (local.get 0) (i32.const 1)))
  
  (func $main (export "main")
    (call $double (i32.const 21))
    drop))
