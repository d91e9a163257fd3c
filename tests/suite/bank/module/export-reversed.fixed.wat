(module
  (func $a)
  (export "a" (func $a)))
