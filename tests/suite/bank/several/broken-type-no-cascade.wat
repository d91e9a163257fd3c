(module
  (type $vec (struct (field $x f32) (field $y f23)))
  (func (export "sum") (param $v (ref $vec)) (result f32)
    (f32.add
      (struct.get $vec $x (local.get $v))
      (struct.get $vec $y (local.get $v))))
  (func (export "bad") (result i32)
    i64.const 4
    i32.popcnt))
