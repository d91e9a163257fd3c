(module
  (table $cache 8 funcref)
  (func (export "remember") (param $i i32) (param $v externref)
    (table.set $cache (local.get $i) (local.get $v))))
