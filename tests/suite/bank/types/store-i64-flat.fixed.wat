(module
  (memory 1)
  (func $put (param $p i32) (param $v i64)
    local.get $p
    local.get $v
    i64.store))
