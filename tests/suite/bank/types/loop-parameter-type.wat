(module
  (func $sum (export "sum") (param $n i32) (result i32)
    i64.const 0
    loop $next (param i32) (result i32)
      local.get $n
      i32.add
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      local.get $n
      br_if $next
    end))
