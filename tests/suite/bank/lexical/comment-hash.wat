(module
  # one page is enough
  (memory (export "memory") 1)
  (func (export "grow") (result i32)
    (memory.grow (i32.const 1))))
