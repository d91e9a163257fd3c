(module
  (func (export "huge") (param $x f64) (result i32)
    (f64.lt (local.get $x) (f64.const 1e309))))
