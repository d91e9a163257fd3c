(module
  (func (export "gcd_step") (param $a i32) (param $b i32) (result i32)
    (local.get $b)
    (if (result i32)
      (then
        (i32.rem_u (local.get $a) (local.get $b)))
      (else))))
