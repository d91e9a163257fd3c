(module
  (type $t (func (param i32) (result i32)))
  (func $f (param $g (ref $t)) (param $x i32) (result i32)
    (return_call_ref $t (local.get $g) (local.get $x))))
