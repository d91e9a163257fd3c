(module
  (type $tree (struct (field $value i32) (field $children (ref null $forest))))
  (type $forest (array (ref $tree)))
  (func (export "value") (param $t (ref $tree)) (result i32)
    (struct.get $tree $value (local.get $t))))
