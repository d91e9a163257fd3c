(module
  (global $min i32 (i32.const -2147483648))
  (func (export "min") (result i32)
    (global.get $min)))
