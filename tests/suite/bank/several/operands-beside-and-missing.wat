(module
  (import "env" "log" (func $log (param i32)))
  (memory 1)
  (func $trace (param $a i32) (param $b i32) (result i32)
    (call $log) (local.get $a)
    (call $log (i32.mul (local.get $a)))
    (drop) (memory.grow (local.get $b))
    (i32.add) (local.get $a) (local.get $b)))
