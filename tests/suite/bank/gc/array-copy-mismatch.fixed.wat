(module
  (type $bytes (array (mut i16)))
  (type $chars (array (mut i16)))
  (func (export "encode") (param $d (ref $bytes)) (param $s (ref $chars))
    (array.copy $bytes $chars
      (local.get $d) (i32.const 0)
      (local.get $s) (i32.const 0)
      (array.len (local.get $s)))))
