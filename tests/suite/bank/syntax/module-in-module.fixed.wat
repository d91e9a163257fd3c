(module
  (func $f)
    (func $g (export "g")))
