(module
  (func $f (param $a $b i32)
    (drop (local.get $b))))
