(module
  (global $base i32 (i32.const 1024))
  (func (export "flags") (result i32)
    (i32.or (global.get $base) (i32.const 0x0))))
