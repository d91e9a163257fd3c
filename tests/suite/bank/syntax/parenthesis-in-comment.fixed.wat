(module
  (func $one (result i32)
    (i32.const 1)) ;; always one
  (func $two (export "two") (result i32)
    (i32.add (call $one) (call $one))))
