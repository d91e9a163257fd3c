;; A trampoline of the right type that never calls: it reports too many parameters for every function. Python
;; must not run with it, which shows that Pyodide really uses the trampoline.

(module
  (import "env" "memory" (memory 0))
  (import "env" "__indirect_function_table" (table 0 funcref))
  (func (export "trampoline_call")
    (param $success i32) (param i32 i32 i32 i32) (result i32)
    (i32.store (local.get $success) (i32.const 0))
    (i32.const 0))
)
