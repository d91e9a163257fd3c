(module
  (memory 1)
  (func $sum (param $p i32) (param $q i32) (result i32)
    (i32.load offset=4 (local.get $p))
    (i32.load (local.get $q))
    i32.add)
  (func $put (param $p i32) (param $v i32)
    (i32.store offset=4 (local.get $p) (local.get $v))
    (i32.store (i32.add (local.get $p) (i32.mul (local.get $v) (i32.const 4))) (i32.const 1))))
