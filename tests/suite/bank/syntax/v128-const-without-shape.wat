(module
  (func (export "ones") (result v128)
    v128.const 1 1 1 1))
