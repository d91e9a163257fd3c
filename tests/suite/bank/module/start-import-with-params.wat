(module
  (import "env" "init" (func $init (param i32)))
  (start $init)
  (memory 1))
