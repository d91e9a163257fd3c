(module
  (func $g (result i32) (i32.const 1))
  (func $f (export "f") (result i32)
    (local $r i32)
    (block $h (try_table (catch_all $h) (local.set $r (call $g))))
    (local.get $r)))
