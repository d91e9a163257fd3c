(module
  (type $config (struct (field $verbose i32)))
  (global $config (mut (ref null $config)) (ref.null $config))
  (func (export "set") (param $c (ref $config))
    (global.set $config (local.get $c))))
