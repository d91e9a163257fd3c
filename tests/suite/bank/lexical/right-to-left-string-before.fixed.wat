(module
  (import "שלום" "עולם" (func $hi (result i32))) (func (export "run") (result i32) call $hi))
