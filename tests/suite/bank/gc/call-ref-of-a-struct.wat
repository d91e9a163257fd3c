(module
  (type $point (struct (field $x i32)))
  (type $unary (func (param i32) (result i32)))
  (func $apply (param $f (ref $unary)) (param $v i32) (result i32)
    (call_ref $point (local.get $v) (local.get $f))))
