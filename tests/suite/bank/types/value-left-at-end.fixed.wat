(module
  (func $next (result i32)
    i32.const 7)
  (func $main (export "main")
    call $next
    drop))
