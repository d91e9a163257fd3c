(module
  (type $row (array f64))
  (func (export "clear") (param $r (ref $row))
    local.get $r
    i32.const 0
    f64.const 0
    local.get $r
    array.len
    array.fill $row))
