(module
  (func (export "has_flag") (param $flags i32) (result i32)
    (i32.eq (i32.and (local.get $flags) (i32.const 0xf0)) (i32.const 0x01)))
  (func (export "is_odd") (param $n i64) (result i32)
    local.get $n
    i64.const 1
    i64.and
    i64.const 2
    i64.ne))
