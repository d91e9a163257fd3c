(module
  (type $bytes (array (mut i8)))
  (type $shorts (array (mut i16)))
  (func (export "cp") (param $d (ref $bytes)) (param $s (ref $bytes)) (param $n i32)
    (array.copy $bytes $bytes (local.get $d) (i32.const 0) (local.get $s) (i32.const 0) (local.get $n))))
