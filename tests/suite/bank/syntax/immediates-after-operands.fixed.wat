(module
  (type $point (struct (field $x (mut i32))))
  (func $reset (param $p (ref $point))
    (struct.set $point $x (local.get $p) (i32.const 0)))
  (func $is_point (param $r anyref) (result i32)
    (ref.test (ref $point) (local.get $r)))
  (func $third (param $v v128) (result i32)
    (i32x4.extract_lane 2 (local.get $v))))
