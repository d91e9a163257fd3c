(module
  (global $limit i32 (i32.const 64))
  (func (export "under") (param $x i32) (result i32)
    (i32.lt_u (local.get $x) (global.get $limit))))
