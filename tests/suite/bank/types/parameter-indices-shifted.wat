(module
  (func $clamp (export "clamp") (param f64 i32 i32) (result f64)
    (if (result f64) (i32.gt_s (local.get 0) (local.get 2))
      (then (local.get 0))
      (else (f64.const 0)))))
