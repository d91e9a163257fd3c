(module
  (import "a" "f" (func $f))
  (import "a" "g" (func $g))
  (memory $m 1)
  (memory $m2 1)
  (export "x" (memory $m))
  (export "y" (func $f)))
