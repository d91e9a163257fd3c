(module
  (import "env" "memory" (memory $m 1 2))
  (data $message (i32.const 131072) "no room")
  (func $f (export "f")
    (i32.store (i32.const 0) (i32.const 1)))
)
