(module
  (func (export "scale") (param $n i32) (param $x f32) (result f32)
    (if (result f32) (local.get $n)
      (then (local.get $x))
      (else (local.get $n)))))
