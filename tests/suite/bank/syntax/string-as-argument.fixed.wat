(module
  (import "env" "puts" (func $puts (param i32)))
  (memory 1)
  (data (i32.const 16) "hello\n\00")
  (func (export "main") (call $puts (i32.const 16))))
