(module
  (func $spin (export "spin") (param $n i32)
    (if (local.get $n)
      (then (local.set $n (i32.const 0))))
    (return_call $spin (local.get $n)))
)
