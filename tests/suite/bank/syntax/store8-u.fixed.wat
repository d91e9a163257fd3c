(module
  (memory 1)
  (func $f (param $p i32)
    (i32.store8 (local.get $p) (i32.const 1))))
