(module
  (memory 1)
  (func $f (param $p i32) (result i64)
    (i64.add (i32.load (local.get $p)) (i64.const 1))))
