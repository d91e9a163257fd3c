(module
  (type $f (func (param i32) (result i32)))
  (type $g (func (result i32)))
  (func (export "bound") (param $x (ref $f)) (result i32)
    (call_ref $f (i32.const 5) (local.get $x))))
