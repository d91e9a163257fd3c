(module
  (func (export "version") (result f32)
    (f32.const 1.2.3)))
