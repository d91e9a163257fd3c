(module
  (func $none (param $a externref) (result i32)
    (i32.eqz (local.get $a))))
