(module
  (func $abs (param $x i32) (result i32)
    (local.get $x))
  (func (export "go") (result i32)
    (i32.add
      (call $abs (i32.const -3))
      (call $abs (i32.const 900)))))
