(module
  (func (export "swap") (param $a i32) (param $b i32) (result i32)
    (local $t i32)
    local.get $a
    local.set $t
    local.get $b))
