(module
  (global $debug i32 (i32.const true))
  (func (export "debug") (result i32)
    (global.get $debug)))
