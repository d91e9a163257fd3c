(module
  (type $binop (func (param i32 i32) (result i32)))
  (table $ops 2 funcref)
  (func (export "calc") (param $op i32) (param $a i32) (param $b f32) (result i32)
    (call_indirect $ops (type $binop)
      (local.get $a)
      (i32.trunc_sat_f32_s (local.get $b))
      (local.get $op))))
