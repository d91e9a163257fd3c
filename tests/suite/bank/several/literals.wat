(module
  (memory 1)
  (data (i32.const 0xZZ) "\q")
  (global $a i64 (i64.const 18446744073709551616))
  (global $b f32 (f32.const 1.2.3))
  (func (export "f") (result i32) (i32.const true)))
