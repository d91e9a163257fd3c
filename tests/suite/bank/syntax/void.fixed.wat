(module
  (func $f (param $x i32) 
    (drop (local.get $x))))
