(module
  (type $op (func (param i32) (result i32)))
  (func $f (param $g (ref $op)) (result i32)
    (call_ref $op (i32.const 1) (local.get $g))))
