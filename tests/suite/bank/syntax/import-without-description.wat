(module
  (import "env" "memory")
  (func (export "main") nop))
