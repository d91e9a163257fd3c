(module
  (global $best (mut f64) (f64.const Infinity))
  (func (export "best") (result f64)
    (global.get $best)))
