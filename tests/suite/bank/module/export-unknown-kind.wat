(module
  (func $a)
  (export "a" ($a)))
