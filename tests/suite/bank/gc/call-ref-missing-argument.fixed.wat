(module
  (type $fold (func (param i32 i32) (result i32)))
  (func (export "fold") (param $f (ref $fold)) (param $x i32) (result i32)
    (call_ref $fold
      (local.get $x)
      (i32.const 0)
      (local.get $f))))
