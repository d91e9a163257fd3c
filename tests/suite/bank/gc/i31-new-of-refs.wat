(module
  (func $f (param $x i32) (result i31ref)
    (i31.new (local.get $x))))
