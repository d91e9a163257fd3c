(module
  (func $equal (param $a eqref) (param $b eqref) (result i32)
    (ref.eq (local.get $a) (local.get $b)))
  (func (export "equal") (param $x anyref) (param $y eqref) (result i32)
    (call $equal
      (ref.cast eqref (local.get $x))
      (local.get $y))))
