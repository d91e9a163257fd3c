(module
  (func $helper (param i32) (result i32)
    (i32.load (local.get 0)))
  (import "env" "memory" (memory 1))
  (export "helper" (func $helper)))
