(module
  (type $string (sub final (array (mut i8))))
  (type $symbol (sub $string (array (mut i8))))
  (func (export "len") (param $s (ref $symbol)) (result i32)
    (array.len (local.get $s))))
