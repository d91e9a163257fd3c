(module
  (memory 1)
  (func $put (param $p i32) (param $v i64)
    local.get $v
    local.get $p
    i64.store))
