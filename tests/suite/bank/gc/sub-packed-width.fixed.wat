(module
  (rec
    (type $ascii (sub (struct (field $c i8))))
    (type $unicode (sub $ascii (struct (field $c i8)))))
  (func (export "c") (param $u (ref $unicode)) (result i32)
    (struct.get_u $unicode $c (local.get $u))))
