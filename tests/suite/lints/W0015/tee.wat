(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $copy i32)
    (i32.mul (local.tee $copy (local.get $n)) (i32.const 3)))
)
