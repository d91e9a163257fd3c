(module
  (type $vec2 (struct (field $x f32) (field $y f32)))
  (func $dot (param $a (ref $vec2)) (param $b (ref $vec2)) (result f32)
    (f32.add
      (f32.mul (struct.get $vec2 $x (local.get $a)) (struct.get $vec2 $x (local.get $b)))
      (f32.mul (struct.get $vec2 $y (local.get $a)) (struct.get $vec2 $y (local.get $b)))))
  (func (export "len2") (param $v (ref $vec2)) (result f64)
    (call $dot (local.get $v) (local.get $v))
    (f64.promote_f32)))
