(module
  (type $bytes (array (mut i8)))
  (func (export "put") (param $b (ref $bytes)) (param $at i32) (param $byte i8)
    (array.set $bytes (local.get $b) (local.get $at) (local.get $byte))))
