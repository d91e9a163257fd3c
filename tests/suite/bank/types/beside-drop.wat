(module
  (import "env" "now" (func $now (result i64)))
  (func (export "tick")
    (drop) (call $now)))
