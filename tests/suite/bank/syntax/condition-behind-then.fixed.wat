(module
  (func (export "f") (param $x i32)
    (if (i32.eqz (local.get $x))
      (then (unreachable)))))
