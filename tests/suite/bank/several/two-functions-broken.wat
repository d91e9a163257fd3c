(module
  (memory 1)
  (func $a (param $p i32) (result i32)
    (i32.load (local.gte $p)))
  (func $b (param $p i32) (result i32)
    (i32.add (call $a (local.get $p)) (i64.const 1)))
  (func $c (result i32)
    (call $aa (i32.const 0))))
