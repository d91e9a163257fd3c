(module
  (func (export "grade") (param $score i32) (result f32)
    (if (result f32) (i32.gt_u (local.get $score) (i32.const 90))
      (then
        (f32.add (f32.const 1)
          (f32.const 2)))
      (else
        (f32.mul (f32.const 0.5)
          (f32.convert_i32_s (i32.const 3)))))))
