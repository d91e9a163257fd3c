(module
  (type $code (func (param i32) (result i32)))
  (type $closure (struct (field $code (ref $code)) (field $env i32)))
  (func (export "apply") (param $c (ref $closure)) (result i32)
    (call_ref $code
      (struct.get $closure $env (local.get $c))
      (struct.get $closure $code (local.get $c)))))
