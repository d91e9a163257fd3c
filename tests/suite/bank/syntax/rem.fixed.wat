(module
  (func $f (param $p i32) (result i32)
    (i32.rem_s (local.get $p) (i32.const 3))))
