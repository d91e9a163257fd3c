(module
  (memory 1)
  (data (i32.const 0xff) "\71")
  (global $a i64 (i64.const 18446744073709551615))
  (global $b f32 (f32.const 1.2))
  (func (export "f") (result i32) (i32.const 1)))
