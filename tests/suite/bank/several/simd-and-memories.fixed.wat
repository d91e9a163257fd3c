(module
  (memory $a 1)
  (memory $b 1)
  (func (export "dot") (param $p i32) (param $q i32) (result f32)
    (local $v v128)
    (local.set $v (f32x4.mul
      (v128.load $a (local.get $p))
      (v128.load $b (local.get $q))))
    (f32.add
      (f32.add
        (f32x4.extract_lane 0 (local.get $v))
        (f32x4.extract_lane 1 (local.get $v)))
      (f32.add
        (f32x4.extract_lane 2 (local.get $v))
        (f32x4.extract_lane 3 (local.get $v)))))
  (func (export "load_zero") (param $p i32) (result v128)
    (v128.load32_zero $a align=4 (local.get $p)))
  (func (export "abs") (param $v v128) (result v128)
    (f32x4.abs (local.get $v)))
  (func (export "any") (param $v v128) (result i32)
    (i8x16.bitmask (local.get $v))))
