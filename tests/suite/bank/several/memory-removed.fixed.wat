(module
  (memory 1)
  (func $a (param $p i32) (result i32) (i32.load (local.get $p)))
  (func $b (param $p i32) (result i32) (i32.load8_u (local.get $p)))
  (func $c (param $p i32) (i32.store (local.get $p) (i32.const 0)))
  (func $d (param $p i32) (memory.fill (local.get $p) (i32.const 0) (i32.const 9))))
