(module
  (import "env" "err" (tag $e (param i32))))
