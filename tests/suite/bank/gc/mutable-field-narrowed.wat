(module
  (type $Any (sub (struct)))
  (type $Str (sub $Any (struct (field (ref array)))))
  (type $Box (sub (struct (field $value (mut (ref null $Any))))))
  (type $StrBox (sub $Box (struct (field $value (mut (ref null $Str))))))
  (func (export "set") (param $b (ref $Box)) (param $v (ref null $Any))
    (struct.set $Box $value (local.get $b) (local.get $v)))
  (func (export "mk") (result (ref $StrBox))
    (struct.new $StrBox (ref.null none))))
