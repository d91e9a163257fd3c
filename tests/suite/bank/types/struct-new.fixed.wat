(module
  (type $entry (struct (field $key i32) (field $value f64)))
  (func (export "mk") (param $k i32) (param $v f64) (result (ref $entry))
    (struct.new $entry (local.get $k) (local.get $v))))
