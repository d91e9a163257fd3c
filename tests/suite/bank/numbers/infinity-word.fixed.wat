(module
  (global $best (mut f64) (f64.const inf))
  (func (export "best") (result f64)
    (global.get $best)))
