(module
  (func $abs (param $x f64) (result f64)
    (if (result f64) (local.get $x)
      (then (f64.neg (local.get $x)))
      (else (local.get $x))))
  (func $count (param $n i64)
    loop $again
      local.get $n
      i64.const 1
      i64.sub
      local.tee $n
      br_if $again
    end))
