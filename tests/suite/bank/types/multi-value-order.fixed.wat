(module
  (func $divmod (param $a i64) (param $b i64) (result i64 i32)
    (i64.div_u (local.get $a) (local.get $b))
    (i32.wrap_i64 (i64.rem_u (local.get $a) (local.get $b))))
  (func (export "digits") (param $n i64) (result i32)
    (local $q i64) (local $r i32)
    local.get $n
    i64.const 10
    call $divmod
    local.set $r
    local.set $q
    local.get $q
    i32.wrap_i64
    local.get $r
    i32.add))
