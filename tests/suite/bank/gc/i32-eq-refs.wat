(module
  (func $same (param $a eqref) (param $b eqref) (result i32)
    (i32.eq (local.get $a) (local.get $b))))
