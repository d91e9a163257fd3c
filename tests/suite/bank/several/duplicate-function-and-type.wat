(module
  (import "env" "log" (func $log (param i32)))
  (func $log (param $x f64) (result f64)
    (f64.sqrt (local.get $x)))
  (func (export "run") (param $x f64)
    (call $log (local.get $x))))
