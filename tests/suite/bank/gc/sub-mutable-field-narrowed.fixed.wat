(module
  (type $value (sub (struct)))
  (type $number (sub $value (struct (field f64))))
  (type $box (sub (struct (field $v (mut (ref null $value))))))
  (type $number_box (sub $box (struct (field $v (mut (ref null $value))))))
  (func (export "get") (param $b (ref $number_box)) (result anyref)
    (struct.get $number_box $v (local.get $b))))
