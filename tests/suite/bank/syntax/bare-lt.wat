(module
  (func $f (param $a i32) (param $b i32) (result i32)
    (if (result i32) (lt_s (local.get $a) (local.get $b))
      (then (local.get $a)) (else (local.get $b)))))
