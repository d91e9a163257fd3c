(module
  (func (export "same") (param $a anyref) (param $b eqref) (result i32)
    (ref.eq (ref.cast eqref (local.get $a)) (local.get $b))))
