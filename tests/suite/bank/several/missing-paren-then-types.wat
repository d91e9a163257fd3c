(module
  (func $area (param $w i32) (param $h i32) (result i32)
    (i32.mul (local.get $w) (local.get $h))

  (func $half (param $x i32) (result i32)
    (i32.div_u (local.get $x)
      (i64.const 2)))

  (func $third (param $x f32) (result f32)
    (f32.div (local.get $x)
      (f64.const 3)))
  (export "area" (func $area)))
