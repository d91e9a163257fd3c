(module
  (type $link (struct (field $value i32) (field $next (ref null $link))))
  (func (export "value") (param $l (ref $link)) (result i32)
    (struct.get $link $value (local.get $l))))
