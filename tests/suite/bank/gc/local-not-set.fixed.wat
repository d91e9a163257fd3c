(module
  (type $buf (array (mut i8)))
  (func (export "len") (param $n i32) (result i32)
    (local $b (ref $buf))
    (local.set $b (array.new_default $buf (local.get $n)))
    (array.len (local.get $b))))
