(module
  (func $use (param anyref))
  (func $f (param $x externref)
    (call $use (any.convert_extern (local.get $x)))))
