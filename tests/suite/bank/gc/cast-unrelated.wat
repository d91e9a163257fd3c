(module
  (type $circle (struct (field f64)))
  (type $handler (func (param i32)))
  (func (export "as_circle") (param $f funcref) (result (ref $circle))
    local.get $f
    ref.cast (ref $circle)))
