(module
  (func $main (export "main") (param $x f64) (param $_y f64))
)
