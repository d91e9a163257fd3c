(module
  (type $t (func (param f64) (result f64)))
  (func $f (param $g (ref $t)) (param $v f64) (result f64)
    (call_ref $t (local.get $g) (local.get $v))))
