(module
  (global $base i32 (i32.const 1024))
  (func (export "base") (result i32)
    (global.get $base)))
