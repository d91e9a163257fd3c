(module
  (type $config (struct (field $verbose i32)))
  (global $config (mut (ref $config)) (ref.null $config))
  (func (export "set") (param $c (ref $config))
    (global.set $config (local.get $c))))
