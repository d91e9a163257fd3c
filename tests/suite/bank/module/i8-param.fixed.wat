(module
  (func $f (param $x i32)))
