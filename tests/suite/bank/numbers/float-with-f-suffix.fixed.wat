(module
  (func (export "half") (result f32)
    f32.const 0.5))
