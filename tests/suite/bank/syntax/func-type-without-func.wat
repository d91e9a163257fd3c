(module
  (type $cmp (param i32 i32) (result i32))
  (func (export "lt") (type $cmp)
    (i32.lt_s (local.get 0) (local.get 1))))
