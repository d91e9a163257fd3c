(module
  (func $same (param $a i32) (param $b i32) (result i32)
    (i32.eq (local.get $a) (local.get $b))))
