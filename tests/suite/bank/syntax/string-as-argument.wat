(module
  (import "env" "puts" (func $puts (param i32)))
  (memory 1)
  (func (export "main") (call $puts "hello\n")))
