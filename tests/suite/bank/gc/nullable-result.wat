(module
  (type $env (struct (field $parent (ref null $env))))
  (func $parent (export "parent") (param $e (ref $env)) (result (ref $env))
    (struct.get $env $parent (local.get $e))))
