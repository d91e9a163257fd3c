(module
  (func $main (export "main") (param $n i32) (result i32)
    (block $outer
      (loop $inner
        (br_if $outer (i32.eqz (local.get $n)))
        (local.set $n (i32.const 0))))
    (local.get $n))
)
