(module
  (func (export "swap") (param $a i32) (param $b i32) (result i32 i32)
    (local $t i32 $u i32)
    (local.set $t (local.get $a))
    (local.set $u (local.get $b))
    (local.get $u)
    (local.get $t)))
