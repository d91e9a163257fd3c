(module
  (type $sprite (struct (field $frame i8) (field $x (mut f32))))
  (global $count (mut i32) (i32.const 0))
  (func (export "frame") (param $s (ref $sprite)) (result i32)
    (struct.get_u $sprite $frame (local.get $s)))
  (func (export "move") (param $s (ref $sprite)) (param $dx f32)
    (struct.set $sprite $x (local.get $s)
      (f32.add (struct.get $sprite $x (local.get $s)) (local.get $dx)))
    (global.set $count (i32.add (global.get $count) (i32.const 1)))))
