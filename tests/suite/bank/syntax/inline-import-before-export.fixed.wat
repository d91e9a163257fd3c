(module
  (memory $m (export "memory") (import "env" "memory") 1 4)
  (func (export "grow") (param i32) (result i32)
    (memory.grow $m (local.get 0))))
