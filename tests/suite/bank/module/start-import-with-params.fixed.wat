(module
  (import "env" "init" (func $init ))
  (start $init)
  (memory 1))
