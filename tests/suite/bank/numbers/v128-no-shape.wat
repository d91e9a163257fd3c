(module
  (func $f (result v128)
    (v128.const 1 2 3 4)))
