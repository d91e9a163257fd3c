(module
  (global $inf f32 (f32.const inf))
  (global $big (export "max") f32 (f32.const 0x1p128))
  (func (export "finite") (param $x f32) (result i32)
    (f32.lt (f32.abs (local.get $x)) (global.get $inf))))
