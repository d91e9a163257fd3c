(module
  (memory 1)
  (data (i32.const 0) "palette")
  (global $mask i32 (i32.const 0x1_0000_0000))
  (func (export "color") (param $i i32) (result i32)
    (i32.and
      (i32.load8_u (local.get $i))
      (global.get $mast)))
  (func (export "shift") (param $x i64) (result i64)
    (i64.shl (local.get $x) (i64.const 18446744073709551616))))
