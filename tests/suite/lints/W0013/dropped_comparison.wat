(module
  (func $f (export "f") (param $x f64)
    (drop (f64.lt (local.get $x) (f64.const 0))))
)
