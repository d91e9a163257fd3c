(module
  (memory 1)
  (data $greeting "hello")
  (func (export "init")
    (memory.init $greting (i32.const 0) (i32.const 0) (i32.const 5))
    (data.drop $greeting)))
