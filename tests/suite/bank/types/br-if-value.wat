(module
  (func $f (param $c i32) (param $x f64) (result f64)
    (block $b (result f64)
      (drop (br_if $b (local.get $c) (local.get $x)))
      (f64.const 0))))
