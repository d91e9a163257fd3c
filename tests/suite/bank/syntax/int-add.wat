(module
  (func $f (param $a i32) (result i32)
    (int.add (local.get $a) (i32.const 1))))
