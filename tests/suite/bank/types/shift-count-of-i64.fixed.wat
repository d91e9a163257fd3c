(module
  (func $rotl (export "mix") (param $h i64) (param $k i32) (result i64)
    (i64.xor
      (i64.mul (local.get $h) (i64.const 0x9E3779B97F4A7C15))
      (i64.rotl (local.get $h) (i64.extend_i32_u (local.get $k))))))
