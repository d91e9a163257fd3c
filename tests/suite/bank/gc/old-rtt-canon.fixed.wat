(module
  (type $cell (struct (field (mut i32))))
  (func (export "cell") (param $n i32) (result (ref $cell))
    local.get $n
    struct.new $cell))
