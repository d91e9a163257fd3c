(module
  (import "env" "log" (func $log (param i32)))
  (memory 1)
  (func $log_local (param $x i32)
    (drop (local.get $x)))
  (func (export "f") nop))
