(module
  (memory 1)
  (func $init (param $size i32)
    (drop (local.get $size)))
  (start $init))
