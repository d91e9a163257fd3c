(module
  (import "env" "log" (func $log (param i32)))
  (func $f (param $x i32)
    (call $log (i32.mul (local.get $x) (i32.const 2)))
    (call $log (local.get $x)))
  (func $g))
