(module
  (func (export "round") (param $x f64) (result i32)
    (local.get $x)
    (i32.trunc_f64_s)))
