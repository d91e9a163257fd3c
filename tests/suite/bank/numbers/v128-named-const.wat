(module
  (func $f (result v128)
    (i32x4.const 1 2 3 4)))
