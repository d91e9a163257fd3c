(module
  (func $use (param anyref))
  (func $f (param $x externref)
    (call $use (local.get $x))))
