(module
  (func $f (export "f")
    (call $g ()))
  (func $g))
