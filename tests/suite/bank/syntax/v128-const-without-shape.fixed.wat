(module
  (func (export "ones") (result v128)
    v128.const i32x4 1 1 1 1))
