(module
  (type $buf (array (mut i32)))
  (func (export "buf") (param $n i32) (result (ref $buf))
    local.get $n
    array.new_default $buf))
