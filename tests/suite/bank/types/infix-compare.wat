(module
  (func $f (param $a i32) (result i32)
    (if (result i32) ((local.get $a) i32.lt_s (i32.const 10))
      (then (i32.const 1))
      (else (i32.const 0)))))
