(module
  (memory 1)
  (func (export "dot") (param $a i32) (param $b i32) (result i32)
    (local $s v128)
    (local.set $s
      (i32x4.dot_i16x8
        (v128.load offset=0 (local.get $a))
        (v128.load16 (local.get $b))))
    (i32.add
      (i32x4.extract_lane (local.get $s))
      (i32x4.extract_lane 5 (local.get $s)))))
