(module
  (func $f (export "f") (param $v v128)
    (drop (i32x4.add (local.get $v) (local.get $v))))
)
