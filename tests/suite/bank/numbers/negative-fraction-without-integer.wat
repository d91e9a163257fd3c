(module
  (global $bias f64 (f64.const -.25))
  (func (export "bias") (result f64)
    global.get $bias))
