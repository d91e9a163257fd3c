(module
  (global $g i32 (i32.const 1))
  (func $f (result i32)
    (i32.const $g)))
