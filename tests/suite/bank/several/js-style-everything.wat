(module
  (import 'env' 'log' (func $log (param i32)))
  (memory "memory" 1)
  (func $main (export "main")
    // say hello
    (call $log (i32.const 1))))
