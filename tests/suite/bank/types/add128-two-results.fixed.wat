(module
  (func (export "low") (param $a i64) (param $b i64) (param $c i64) (param $d i64) (result i64)
    local.get $a
    local.get $b
    local.get $c
    local.get $d
    i64.add128
    drop))
