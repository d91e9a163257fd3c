(module
  (func $same (param $a i32) (param $b i32) (result i32)
    (i32.eqz (local.get $a) (local.get $b))))
