(module
  (type $bytes (array (mut i8)))
  (func (export "make") (param $n i32) (result (ref $bytes))
    (array.new_default $bytes (local.get $n))))
