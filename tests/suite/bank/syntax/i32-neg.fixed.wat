(module
  (func $f (param $a i32) (result i32)
    (i32.sub (i32.const 0) (local.get $a))))
