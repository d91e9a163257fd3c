(module
  (func $f
    (local $a i32, $b i32)
    (local.set $b (i32.const 2))))
