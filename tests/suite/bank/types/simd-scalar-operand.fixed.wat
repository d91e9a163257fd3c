(module
  (memory 1)
  (func (export "brighten") (param $p i32) (param $by i32)
    (v128.store (local.get $p)
      (i8x16.add_sat_u
        (v128.load (local.get $p))
        (i8x16.splat (local.get $by))))))
