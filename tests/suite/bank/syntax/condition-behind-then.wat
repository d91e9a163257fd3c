(module
  (func (export "f") (param $x i32)
    (if
      (then (unreachable))
      (i32.eqz (local.get $x)))))
