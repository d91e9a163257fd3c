(module
  (func (export "pi") (result f64)
    f64.const 3.14159 ;; good enough
  ))
