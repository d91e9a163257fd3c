(module
  (func $f (param $x (ref i31)) (result i32)
    (i31.get (local.get $x))))
