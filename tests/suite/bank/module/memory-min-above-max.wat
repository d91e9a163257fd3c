(module
  (import "env" "log" (func $log (param i32)))
  (memory (export "memory") 10 4)
  (func (export "report")
    (call $log (memory.size))))
