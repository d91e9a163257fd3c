(module
  (func (export "ratio") (param $n i32) (param $d i32) (result f32)
    (f32.div
      (f32.convert_s/i32 (local.get $n))
      (f32.convert_i32_s (local.get $d)))))
