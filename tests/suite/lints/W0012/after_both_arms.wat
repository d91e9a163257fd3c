(module
  (memory 1)
  (func $sign (export "sign") (param $n i32) (result i32)
    (if (i32.lt_s (local.get $n) (i32.const 0))
      (then (return (i32.const -1)))
      (else (return (i32.const 1))))
    (i32.store (i32.const 0) (local.get $n))
    (i32.const 0))
)
