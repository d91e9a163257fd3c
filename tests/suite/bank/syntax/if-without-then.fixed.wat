(module
  (global $n (mut i32) (i32.const 0))
  (func (export "bump") (param $by i32)
    (if (i32.eqz (local.get $by))
      (then (return)))
    (global.set $n (i32.add (global.get $n) (local.get $by)))))
