(module
  (memory $m i64 1)
  (data $greeting "hello")
  (func (export "init")
    (memory.init $m $greeting
      (i64.const 16)
      (i32.const 0)
      (i32.const 5))))
