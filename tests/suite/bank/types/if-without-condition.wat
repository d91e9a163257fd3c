(module
  (memory 1)
  (func (export "toggle")
    (if (then
        (i32.store (i32.const 0) (i32.const 0)))
      (else
        (i32.store (i32.const 0) (i32.const 1))))))
