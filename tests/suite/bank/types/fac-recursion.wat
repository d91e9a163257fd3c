(module
  (func $fac (export "fac") (param $n i64) (result i64)
    (if (result i64) (local.get $n)
      (then
        (i64.mul (local.get $n)
          (call $fac (i64.sub (local.get $n) (i64.const 1)))))
      (else (i64.const 1)))))
