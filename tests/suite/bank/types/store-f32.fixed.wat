(module
  (memory 1)
  (func $put (param $p i32) (param $v f32)
    (f32.store (local.get $p) (local.get $v))))
