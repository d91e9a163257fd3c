(module
  (type $p (struct (field $x (mut i32))))
  (func $f (param $p (ref null $p))
    (struct.set $p $x (local.get $p) (i32.const 1))))
