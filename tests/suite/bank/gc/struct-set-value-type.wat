(module
  (type $cell (struct (field $value (mut i32))))
  (func (export "update") (param $c (ref $cell)) (param $v i64)
    local.get $c
    local.get $v
    struct.set $cell $value))
