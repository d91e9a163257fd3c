(module
  (type $cell (struct (field $v (mut i32))))
  (func (export "cell") (param $n i32) (result (ref $cell))
    (struct.new_with_rtt $cell (local.get $n)))
  (func (export "small") (param $n i32) (result dataref)
    (unreachable))
  (func (export "box") (param $n i32) (result (ref i31))
    (i31.new (local.get $n))))
