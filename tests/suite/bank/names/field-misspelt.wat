(module
  (type $person (struct (field $name externref) (field $age (mut i32))))
  (func (export "birthday") (param $p (ref $person))
    (struct.set $person $aeg (local.get $p)
      (i32.add (struct.get $person $age (local.get $p)) (i32.const 1)))))
