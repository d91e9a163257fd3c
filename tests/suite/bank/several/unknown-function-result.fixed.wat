(module
  (func $measure (param $s i32) (result i32)
    (i32.const 4))
  (func (export "fits") (param $s i32) (result i32)
    (local $n i64)
    (local.set $n (i64.extend_i32_u (call $measure (local.get $s))))
    (i32.lt_u (i32.wrap_i64 (local.get $n)) (i32.const 80)))
  (func (export "empty") (param $s i32) (result i32)
    (i32.eqz (call $measure (local.get $s)))))
