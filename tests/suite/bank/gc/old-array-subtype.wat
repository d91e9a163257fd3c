(module
  (type $base (sub (array (mut i32))))
  (type $ints (array_subtype (mut i32) $base))
  (func (export "len") (param $a (ref $ints)) (result i32)
    (array.len (local.get $a))))
