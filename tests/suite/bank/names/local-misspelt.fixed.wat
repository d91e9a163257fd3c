(module
  (func (export "area") (param $width f64) (param $height f64) (result f64)
    (f64.mul
      (local.get $width)
      (local.get $height))))
