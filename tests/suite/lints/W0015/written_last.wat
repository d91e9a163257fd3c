(module
  (memory 1)
  (func $store (export "store") (param $at i32)
    (i32.store (local.get $at) (i32.const 1))
    (local.set $at (i32.add (local.get $at) (i32.const 4))))
)
