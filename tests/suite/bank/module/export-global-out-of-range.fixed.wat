(module
  (global $a i32 (i32.const 1))
  (global $b i32 (i32.const 2))
  (export "a" (global 0))
  (export "b" (global 1)))
