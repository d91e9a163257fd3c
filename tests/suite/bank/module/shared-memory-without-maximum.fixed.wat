(module
  (memory (export "mem") 1 1 shared)
  (func (export "inc") (result i32)
    (i32.atomic.rmw.add (i32.const 0) (i32.const 1))))
