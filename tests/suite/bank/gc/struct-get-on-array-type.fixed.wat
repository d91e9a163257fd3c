(module
  (type $words (array (mut i32)))
  (func (export "first") (param $w (ref $words)) (result i32)
    (array.get $words (local.get $w) (i32.const 0))))
