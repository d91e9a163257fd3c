(module
  (func $f (param $p i32) (param $q i32) (result i32)
    (i32.gt_u (i32.add (local.get $p)) (i32.const 3) (local.get $q))))
