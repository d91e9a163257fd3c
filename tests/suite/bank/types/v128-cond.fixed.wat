(module (func $f (param $a v128) (param $b v128) (result i32)
  (if (result i32) (v128.any_true (i32x4.eq (local.get $a) (local.get $b)))
    (then (i32.const 1)) (else (i32.const 0)))))
