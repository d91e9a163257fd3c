(module
  (func $f (param $a i32) (result i32)
    nop
    (local.get $a)))
