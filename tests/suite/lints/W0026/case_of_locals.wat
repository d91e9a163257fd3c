(module
  (func $f (export "f") (param $maxValue i32) (result i32)
    (local $maxvalue i32)
    (local.set $maxvalue (i32.const 10))
    (i32.add (local.get $maxValue) (local.get $maxvalue)))
)
