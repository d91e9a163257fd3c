(module
  (func (export "ramp") (result v128)
    (v128.const i32x4 0 1 2 3)))
