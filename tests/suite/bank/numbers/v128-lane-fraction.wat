(module
  (func (export "halves") (result v128)
    (v128.const i32x4 1 2 2.5 3)))
