(module
  (memory 1)
  (func (export "is_latin") (param $p i32) (result i32)
    (i32.ge_s (i32.load8_s (local.get $p)) (i32.const 200)))
  (func (export "is_quarter") (param $n i32) (result i32)
    (i32.eq (i32.rem_u (local.get $n) (i32.const 4)) (i32.const 4)))
  (func (export "is_short") (param $n i64) (result i32)
    local.get $n
    i64.extend16_s
    i64.const 40000
    i64.ne))
