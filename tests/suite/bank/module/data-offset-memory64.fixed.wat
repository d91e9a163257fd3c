(module
  (memory $m i64 1)
  (data $greeting (memory $m) (i64.const 1024) "hello")
  (func (export "first") (result i32)
    (i32.load8_u (i64.const 1024))))
