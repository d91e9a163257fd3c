(module
  (type $animal (sub (struct (field $legs i32))))
  (type $bird (sub $animal (struct (field $legs i32) (field $wings i32))))
  (func $fly (param $b (ref $bird)) (result i32)
    (struct.get $bird $wings (local.get $b)))
  (func (export "try") (param $a (ref $animal)) (result i32)
    (call $fly (local.get $a))))
