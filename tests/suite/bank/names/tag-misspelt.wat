(module
  (tag $overflow (param i32))
  (func (export "check") (param $x i32)
    (if (i32.gt_u (local.get $x) (i32.const 100))
      (then (throw $overflwo (local.get $x))))))
