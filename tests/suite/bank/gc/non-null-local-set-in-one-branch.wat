(module
  (type $buf (array (mut i16)))
  (global $shared (ref $buf) (array.new_default $buf (i32.const 16)))
  (func (export "pick") (param $fresh i32) (param $n i32) (result i32)
    (local $b (ref $buf))
    (if (local.get $fresh)
      (then (local.set $b (array.new_default $buf (local.get $n))))
      (else (local.set $b (global.get $shared))))
    (array.get_u $buf (local.get $b) (i32.const 0))))
