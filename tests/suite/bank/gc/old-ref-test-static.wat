(module
  (type $s (struct))
  (func (export "is_s") (param $v anyref) (result i32)
    (i32.eqz
      (ref.test_static $s (local.get $v)))))
