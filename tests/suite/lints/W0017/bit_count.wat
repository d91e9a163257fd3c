(module
  (func $f (export "f") (param $n i32) (result i32)
    (i32.gt_u (i32.popcnt (local.get $n)) (i32.const 32))))
