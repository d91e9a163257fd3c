(module
  (type $point (struct (field $x f32) (field $y f32)))

  (func $distance (param $a (ref $point)) (param $b (ref null $point)) (result f64)
    (local $dx f32)
    (local.set $dx (f32.sub
      (struct.get $point $x (local.get $a))
      (struct.get $point $z (local.get $b))))
    (f32.sqrt (f32.mul (get_local $dx) (local.get $dx))))

  (func (export "nearest") (param $p (ref null $point)) (result f64)
    (call $distnace (local.get $p)
      (struct.new $point (i32.const 1) (f32.const 2)))))
