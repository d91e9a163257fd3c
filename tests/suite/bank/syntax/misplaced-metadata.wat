(module
  (memory 1)
  (data (@metadata.code.trace "on") (i32.const 0) "text")
  (func (export "first") (result i32)
    (i32.load8_u (i32.const 0))))
