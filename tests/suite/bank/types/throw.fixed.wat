(module
  (tag $err (param i32 i64))
  (func $f (param $code i32) (param $when i64)
    (throw $err (local.get $code) (local.get $when))))
