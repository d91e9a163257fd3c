(module
  (memory 1)
  (func $put (param $p i32) (param $v i32)
    (i32.store (i32.add (local.get $p) (i32.const 4))
      (i32.mul (local.get $v) (i32.const 2)))
    (i32.store (local.get $p) (local.get $v))))
