(module
  (func $abs (param $x f64) (result f64)
    (if (result f64) (f64.ne (local.get $x) (f64.const 0))
      (then (f64.neg (local.get $x)))
      (else (local.get $x))))
  (func $count (param $n i64)
    loop $again
      local.get $n
      i64.const 1
      i64.sub
      local.tee $n i64.const 0 i64.ne
      br_if $again
    end))
