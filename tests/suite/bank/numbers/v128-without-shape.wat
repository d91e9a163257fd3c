(module
  (func (export "zero") (result v128)
    (v128.const 0 0 0 0)))
