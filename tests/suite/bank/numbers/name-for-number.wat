(module
  (global $size i32 (i32.const 16))
  (func (export "twice") (result i32)
    (i32.mul (i32.const 2) (i32.const $size))))
