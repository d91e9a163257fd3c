(module
  (func $f (param $n i32) (result i32)
    (block $done (loop $next (br_if $done (i32.eqz (local.get $n)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br $next)))
    (local.get $n)))
