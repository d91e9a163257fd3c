(module
  (import "env" "err" (exception $e (param i32))))
