(module
  (func $area (export "area") (param $w f64) (result f64)
    (local $h f64)
    (f64.mul (local.get $w) (local.get $h)))
)
