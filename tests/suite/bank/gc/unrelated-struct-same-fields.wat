(module
  (rec
    (type $meters (struct (field f64)))
    (type $feet (struct (field f64))))
  (global $height (mut (ref null $meters)) (ref.null none))
  (func (export "set") (param $h (ref $feet))
    (global.set $height (local.get $h))))
