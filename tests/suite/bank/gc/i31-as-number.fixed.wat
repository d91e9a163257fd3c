(module
  (func $f (param $x i31ref) (result i32)
    (i32.add (i31.get_s (local.get $x)) (i32.const 1))))
