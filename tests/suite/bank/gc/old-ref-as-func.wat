(module
  (type $f (func))
  (table 2 funcref)
  (func (export "go") (param $i i32)
    (call_ref $f (ref.cast (ref $f) (ref.as_func (table.get (local.get $i)))))))
