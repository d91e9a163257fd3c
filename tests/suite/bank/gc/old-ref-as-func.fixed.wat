(module
  (type $f (func))
  (table 2 funcref)
  (func (export "go") (param $i i32)
    (call_ref $f (ref.cast (ref $f) (ref.cast (ref func) (table.get (local.get $i)))))))
