(module
  (func $f (export "f") (param $n i32) (result i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $n)))
        (br $next)
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))))
    (local.get $n))
)
