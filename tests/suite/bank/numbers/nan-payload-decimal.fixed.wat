(module
  (func (export "signal") (result f32)
    (f32.const nan:0x1)))
