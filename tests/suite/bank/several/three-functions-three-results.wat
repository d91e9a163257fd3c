(module
  (func (export "flag") (result i32)
    i64.const 1)
  (func (export "size") (result i64)
    (f64.const 2))
  (func (export "ratio") (result f32)
    (return (f64.const 0.5))))
