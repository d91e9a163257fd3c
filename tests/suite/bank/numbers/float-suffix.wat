(module
  (func (export "gravity") (result f32)
    (f32.const 9.81f)))
