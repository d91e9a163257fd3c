(module
  (func (export "lowest") (result f64)
    (f64.const -Infinity)))
