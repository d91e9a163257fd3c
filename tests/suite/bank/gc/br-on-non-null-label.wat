(module
  (type $item (struct (field $next (ref null $item))))
  (func (export "next") (param $i (ref $item)) (result (ref $item))
    (block $some (result (ref array))
      (br_on_non_null $some (struct.get $item $next (local.get $i)))
      (unreachable))
    (drop)
    (local.get $i)))
