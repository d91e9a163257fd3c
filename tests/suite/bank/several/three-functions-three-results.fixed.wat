(module
  (func (export "flag") (result i32)
    i32.const 1)
  (func (export "size") (result i64)
    (i64.const 2))
  (func (export "ratio") (result f32)
    (return (f32.const 0.5))))
