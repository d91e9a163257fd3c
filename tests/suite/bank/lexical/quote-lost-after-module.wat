(module
  (import "env "log" (func $log (param i32)))
  (import "env" "memory" (memory 1))
  (func (export "run")
    (call $log (i32.const 42))))
