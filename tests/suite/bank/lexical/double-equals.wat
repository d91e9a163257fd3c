(module
  (func $f (param $a i32) (param $b i32) (result i32)
    (if (result i32) ((local.get $a) == (local.get $b)) (then (i32.const 1)) (else (i32.const 0)))))
