(module
  (func $f (param $x i32) (result i31ref)
    (ref.i31 (local.get $x))))
