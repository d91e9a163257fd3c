(module
  (func $f (export "f") (param $a i32) (param $b i32) (result i32)
    (i32.eq (i32.lt_s (local.get $a) (local.get $b)) (i32.const 2)))
)
