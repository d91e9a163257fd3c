(module
  (type $pixel (struct (field $r (mut i8)) (field $g (mut i8))))
  (type $samples (array (mut i16)))
  (func $f (export "f") (param $p (ref $pixel)) (param $s (ref $samples))
    (struct.set $pixel $g (local.get $p) (i32.const 1000))
    (array.set $samples (local.get $s) (i32.const 0) (i32.const 70000)))
)
