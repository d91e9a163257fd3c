(module
  (func $measure (param $s i32) (result i32)
    (i32.const 4))
  (func (export "fits") (param $s i32) (result i32)
    (local $n i64)
    (local.set $n (i64.extend_i32_u (call $mesure (local.get $s))))
    (i32.lt_u (local.get $n) (i32.const 80)))
  (func (export "empty") (param $s i32) (result i32)
    (i32.eqz (call $meazure (local.get $s)))))
