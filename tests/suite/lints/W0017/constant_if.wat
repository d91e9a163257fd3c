(module
  (func $f (export "f") (param $n i32) (result i32)
    (if (i32.const 0)
      (then (return (i32.const 1))))
    (local.get $n))
)
