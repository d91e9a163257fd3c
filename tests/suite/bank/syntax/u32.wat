(module
  (func $f (param $p u32) (result i32)
    (local.get $p)))
