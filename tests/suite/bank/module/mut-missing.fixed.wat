(module
  (type $c (struct (field $n (mut i32))))
  (func $inc (param $c (ref $c))
    (struct.set $c $n (local.get $c) (i32.const 1))))
