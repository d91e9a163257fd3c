(module
  (type $point (struct (field $x (mut i32))))
  (func $reset (param $p (ref $point))
    (struct.set $point (local.get $p) (i32.const 0) $x))
  (func $is_point (param $r anyref) (result i32)
    (ref.test (local.get $r) (ref $point)))
  (func $third (param $v v128) (result i32)
    (i32x4.extract_lane (local.get $v) 2)))
