(module
  (func $f (export "f") (param $n i32) (result i32)
    (block $done (br_if $done (local.get $n)) (local.set $n (i32.const 1)))
    (block $done (br_if $done (local.get $n)) (local.set $n (i32.const 2)))
    (loop $_shadow (loop $_shadow (br_if $_shadow (i32.eqz (local.get $n)))))
    (local.get $n))
)
