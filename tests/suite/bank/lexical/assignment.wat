(module
  (func $f (param $a i32) (local $x i32)
    $x = (i32.add (local.get $a) (i32.const 1))
    (drop (local.get $x))))
