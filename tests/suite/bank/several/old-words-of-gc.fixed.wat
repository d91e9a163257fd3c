(module
  (type $cell (struct (field $v (mut i32))))
  (func (export "cell") (param $n i32) (result (ref $cell))
    (struct.new $cell (local.get $n)))
  (func (export "small") (param $n i32) (result anyref)
    (unreachable))
  (func (export "box") (param $n i32) (result (ref i31))
    (ref.i31 (local.get $n))))
