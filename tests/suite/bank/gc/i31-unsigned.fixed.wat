(module
  (func $f (param $x (ref i31)) (result i32)
    (i31.get_s (local.get $x))))
