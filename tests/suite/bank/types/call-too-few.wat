(module
  (func $blend (param $a f32) (param $b f32) (param $t f32) (result f32)
    (f32.add
      (f32.mul (local.get $a) (f32.sub (f32.const 1) (local.get $t)))
      (f32.mul (local.get $b) (local.get $t))))
  (func (export "half") (param $x f32) (param $y f32) (result f32)
    (call $blend (local.get $x) (local.get $y))))
