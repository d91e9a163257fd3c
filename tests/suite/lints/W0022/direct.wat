(module
  (func $f (export "f") (param $n i32) (result i32)
    (i32.add (local.get $n) (call $f (i32.sub (local.get $n) (i32.const 1)))))
)
