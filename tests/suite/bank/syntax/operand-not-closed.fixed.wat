(module
  (func $dist (param $a i32) (param $b i32) (result i32)
    (i32.sub (local.get $a) (local.get $b)))

  (func (export "run") (result i32)
    (call $dist (i32.const 7) (i32.const 4))))
