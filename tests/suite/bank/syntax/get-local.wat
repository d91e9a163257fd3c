(module
  (func $f (param $a i32) (result i32)
    (get_local $a)))
