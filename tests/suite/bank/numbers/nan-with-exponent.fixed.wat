(module
  (func (result f64) (f64.const nan:0x8000000000000))
  (func (result f32) (f32.const nan:0x400000)))
