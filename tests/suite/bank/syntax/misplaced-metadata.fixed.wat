(module
  (memory 1)
  (data (i32.const 0) "text")
  (@metadata.code.trace "on")
  (func (export "first") (result i32)
    (i32.load8_u (i32.const 0))))
