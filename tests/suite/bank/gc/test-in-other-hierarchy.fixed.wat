(module
  (type $sig (func (param i32) (result i32)))
  (func (export "is_unary") (param $f funcref) (result i32)
    (ref.test (ref $sig) (local.get $f))))
