(module
  (type $base (sub (array (mut i32))))
  (type $ints (sub $base (array (mut i32))))
  (func (export "len") (param $a (ref $ints)) (result i32)
    (array.len (local.get $a))))
