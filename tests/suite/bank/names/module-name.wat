(module test
  (func $f))
