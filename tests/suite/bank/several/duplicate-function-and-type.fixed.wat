(module
  (import "env" "log" (func $log (param i32)))
  (func $logarithm (param $x f64) (result f64)
    (f64.sqrt (local.get $x)))
  (func (export "run") (param $x f64)
    (call $log (i32.trunc_f64_s (local.get $x)))))
