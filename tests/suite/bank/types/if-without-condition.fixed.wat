(module
  (memory 1)
  (func (export "toggle")
    (if (i32.load (i32.const 0))
      (then
        (i32.store (i32.const 0) (i32.const 0)))
      (else
        (i32.store (i32.const 0) (i32.const 1))))))
