(module
  (type $bytes (array (mut i8)))
  (func (export "len") (param $b (ref $bytes)) (result i32)
    (array.len $bytes (local.get $b))))
