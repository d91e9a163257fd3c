(module
  (func $clamp (export "clamp") (param $x f32) (param $lo f32) (result f32)
    (f32.max (local.get $x) (local.get $lo))))
