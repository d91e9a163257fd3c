(module
  (type $f (func (result i32)))
  (func (export "apply") (param $callback (ref $f)) (result i32)
    (call $callback)))
