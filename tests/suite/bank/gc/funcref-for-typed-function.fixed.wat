(module
  (type $visitor (func (param i32)))
  (func $walk (param $v (ref $visitor))
    (call_ref $visitor (i32.const 0) (local.get $v)))
  (func (export "walk") (param $f funcref)
    (call $walk (ref.cast (ref $visitor) (local.get $f)))))
