(module
  (global $debug i32 (i32.const 1))
  (func (export "debug") (result i32)
    (global.get $debug)))
