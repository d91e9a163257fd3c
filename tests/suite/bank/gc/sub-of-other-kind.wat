(module
  (type $seq (sub (array i32)))
  (type $pair (sub $seq (struct (field i32) (field i32))))
  (func (export "first") (param $p (ref $pair)) (result i32)
    (struct.get $pair 0 (local.get $p))))
