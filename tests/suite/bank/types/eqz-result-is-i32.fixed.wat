(module
  (func (export "none") (param $a i64) (param $b i64) (result i32)
    local.get $a
    i64.eqz
    local.get $b
    i64.eqz
    i32.and))
