(module
  (func (result f64) (f64.const nan:0x7ff8000000000000))
  (func (result f32) (f32.const nan:0x7fc00000)))
