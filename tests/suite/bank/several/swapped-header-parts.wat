(module
  (func $f (export "f") (param $x i32) (local $t i32) (result i32)
    (local.tee $t (local.get $x)))
  (func $g (export "g") (param $y f32) (result i32)
    (call $f (local.get $y))))
