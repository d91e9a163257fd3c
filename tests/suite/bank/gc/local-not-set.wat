(module
  (type $buf (array (mut i8)))
  (func (export "len") (param $n i32) (result i32)
    (local $b (ref $buf))
    (array.len (local.get $b))))
