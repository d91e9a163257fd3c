(module
  (func (export "undefined") (result f64)
    (f64.const nan)))
