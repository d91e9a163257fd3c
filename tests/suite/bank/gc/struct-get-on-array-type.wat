(module
  (type $words (array (mut i32)))
  (func (export "first") (param $w (ref $words)) (result i32)
    (struct.get $words 0 (local.get $w))))
