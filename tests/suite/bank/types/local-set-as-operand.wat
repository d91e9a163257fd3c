(module
  (func $f (param $a i32) (result i32) (local $x i32)
    (i32.add (local.set $x (local.get $a)) (i32.const 1))))
