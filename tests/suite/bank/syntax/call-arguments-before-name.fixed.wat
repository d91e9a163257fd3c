(module
  (func $max (param i32 i32) (result i32)
    (select (local.get 0) (local.get 1) (i32.gt_s (local.get 0) (local.get 1))))
  (func $clamp (param $x i32) (result i32)
    (local.set $x (i32.const 3))
    (call $max (local.get $x) (i32.const 0))))
