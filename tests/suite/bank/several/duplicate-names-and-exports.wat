(module
  (import "a" "f" (func $f))
  (import "a" "g" (func $f))
  (memory $m 1)
  (memory $m 1)
  (export "x" (memory $m))
  (export "x" (func $f)))
