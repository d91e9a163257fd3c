(module
  (func $same (param $a eqref) (param $b eqref) (result i32)
    (ref.eq (local.get $a) (local.get $b))))
