(module
  (func $length (export "length") (param $s i32) (result i32)
    (local $n i32)
    (local.set $n (i32.sub (i32.const 100) (local.get $s)))
    (local.get $n)))
