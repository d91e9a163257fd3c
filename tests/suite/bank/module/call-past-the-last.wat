(module
  (import "env" "a" (func (param i32)))
  (import "env" "b" (func (result i32)))
  (func (export "chain")
    (call 0 (call 3))))
