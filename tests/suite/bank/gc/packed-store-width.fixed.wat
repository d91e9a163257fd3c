(module
  (type $s (struct (field $flag (mut i8))))
  (func (export "mark") (param $s (ref $s))
    (struct.set $s $flag (local.get $s) (i32.const 1))))
