(module
  (func $f
    (local $a $b i32)
    (local.set $a (i32.const 1))
    (local.set $b (i32.const 2))))
