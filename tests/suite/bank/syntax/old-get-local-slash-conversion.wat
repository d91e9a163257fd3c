(module
  (func (export "round") (param $x f64) (result i32)
    (get_local $x)
    (i32.trunc_s/f64)))
