(module
  (func $f (param $x i32) (result i32)
    (if (result i32) (local.get $x i32.const 3 i32.gt_s)
      (then (i32.const 1))
      (else (i32.const 0)))))
