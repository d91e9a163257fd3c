(module
  (import "env" "print" (func $print (param i32 i32)))
  (data (memory $m) (i32.const 8) "hello")
  (memory $m 1)
  (func (export "hello")
    (call $print
      (i32.const 8)
      (i64.const 5))))
