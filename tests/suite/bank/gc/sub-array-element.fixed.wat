(module
  (type $anys (sub (array (mut anyref))))
  (type $eqs (sub $anys (array (mut anyref))))
  (func (export "first") (param $e (ref $eqs)) (result anyref)
    (array.get $eqs (local.get $e) (i32.const 0))))
