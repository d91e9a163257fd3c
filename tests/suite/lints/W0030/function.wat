(module
  (import "env" "log" (func $log (param i32)))
  (func $print (import "env" "print"))
  (func $main (export "main"))
)
