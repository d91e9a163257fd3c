(module
  (memory 1)
  (func $sum (param $p i32) (param $q i32) (result i32)
    i32.load [$p + 4]
    i32.load [$q]
    i32.add)
  (func $put (param $p i32) (param $v i32)
    (i32.store [$p + 4] (local.get $v))
    (i32.store [$p + $v * 4] (i32.const 1))))
