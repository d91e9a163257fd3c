(module
  (func $f (export "f")
    call 0))
