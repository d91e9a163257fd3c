(module
  (type $op (func (param f64) (result f64)))
  (func $apply (param $f (ref $op)) (param $x f64) (result f64)
    (call_ref $op (local.get $f) (local.get $x))))
