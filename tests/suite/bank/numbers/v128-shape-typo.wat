(module
  (func $f (result v128)
    (v128.const i32x8 1 2 3 4)))
