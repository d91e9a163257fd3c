(module
  (memory 1)
  (func $a (param $p i32) (result i32)
    (i32.load (local.get $p)))
  (func $b (param $p i32) (result i32)
    (i32.add (call $a (local.get $p)) (i32.const 1)))
  (func $c (result i32)
    (call $a (i32.const 0))))
