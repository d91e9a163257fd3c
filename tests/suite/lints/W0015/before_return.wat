(module
  (func $f (export "f") (param $n i32) (result i32)
    (local $t i32)
    (local.set $t (i32.const 3))
    (local.set $n (i32.add (local.get $n) (local.get $t)))
    (local.set $t (i32.const 4))
    (return (local.get $n))))
