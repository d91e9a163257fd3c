(module
  (memory 1)
  (func $f (param $p i32) (result i64)
    (i64.add (i64.load (local.get $p)) (i64.const 1))))
