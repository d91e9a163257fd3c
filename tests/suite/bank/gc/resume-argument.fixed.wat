(module
  (type $f (func (param i64) (result i32)))
  (type $k (cont $f))
  (func (export "run") (param $c (ref $k)) (result i32)
    (i64.const 1)
    (local.get $c)
    resume $k))
