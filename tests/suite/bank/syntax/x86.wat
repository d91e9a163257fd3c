(module
  (func $f (param $a i32) (result i32)
    (mov $a (i32.const 1))
    (local.get $a)))
