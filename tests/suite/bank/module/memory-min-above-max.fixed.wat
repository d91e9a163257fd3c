(module
  (import "env" "log" (func $log (param i32)))
  (memory (export "memory") 4 10)
  (func (export "report")
    (call $log (memory.size))))
