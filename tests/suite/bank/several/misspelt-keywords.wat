(module
  (memory 1)
  (fucn $sum (param $a i32) (param $b i32) (result i32)
    (i32.add (local.get $a) (local.get $b)))
  (func $diff (param $a i32) (param $b i32) (result i32)
    (i32.subtract (local.get $a) (local.get $b)))
  (exprot "diff" (func $diff)))
