(module
  (type $s (struct))
  (func $f (param $a (ref $s)) (param $b (ref $s)) (result i32)
    (i32.eq (local.get $a) (local.get $b))))
