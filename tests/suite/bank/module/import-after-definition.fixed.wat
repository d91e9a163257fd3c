(module
  (import "env" "memory" (memory 1))
  (func $helper (param i32) (result i32)
    (i32.load (local.get 0)))
  
  (export "helper" (func $helper)))
