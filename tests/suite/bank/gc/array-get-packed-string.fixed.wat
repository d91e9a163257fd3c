(module
  (type $str (array i16))
  (func (export "charCodeAt") (param $s (ref $str)) (param $i i32) (result i32)
    local.get $s
    local.get $i
    array.get_u $str))
