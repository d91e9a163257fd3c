(module
  (func $f (export "f")
    call 99999999999))
