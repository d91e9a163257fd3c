(module
  (type $animal (sub (struct (field $legs i32))))
  (type $dog (sub $animal (struct (field $legs i32) (field $age i32))))
  (func $age (param $a (ref $animal)) (result i32)
    (struct.get $dog $age (ref.cast (ref $dog) (local.get $a)))))
