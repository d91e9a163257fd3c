(module
  (memory 1)
  (func $f (export "f") (param $at i32)
    (i64.store16 (local.get $at) (i64.const 65_536)))
)
