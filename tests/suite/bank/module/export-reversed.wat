(module
  (func $a)
  (export (func $a) "a"))
