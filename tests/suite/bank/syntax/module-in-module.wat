(module
  (func $f)
  (module
    (func $g (export "g"))))
