(module
  (func $f (export "f") (param $x i32) (result i32)
    (i32.add (local.get $x) (i32.const 1)))
  (memory 1)
  (data (i32.const 0) "done"))
