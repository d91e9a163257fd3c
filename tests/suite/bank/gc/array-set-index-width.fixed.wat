(module
  (type $a (array (mut i64)))
  (func (export "store") (param $arr (ref $a)) (param $i i64) (param $v i64)
    local.get $arr
    local.get $i
    i32.wrap_i64
    local.get $v
    array.set $a))
