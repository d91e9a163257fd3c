(module
  (func (export "in_range") (param $x i32) (param $lo i32) (param $hi i32) (result i32)
    (i32.and
      (i32.ge_s (local.get $x) (local.get $lo))
      (f32.lt (local.get $x) (local.get $hi)))))
