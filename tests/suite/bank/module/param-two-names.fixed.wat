(module
  (func $f (param $a i32) (param $b i32)
    (drop (local.get $b))))
