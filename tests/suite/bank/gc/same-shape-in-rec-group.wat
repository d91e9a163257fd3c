(module
  (type $plain (struct (field i32)))
  (rec
    (type $grouped (struct (field i32)))
    (type $other (struct (field (ref null $grouped)))))
  (func $use (param $p (ref $plain)) (result i32)
    (struct.get $plain 0 (local.get $p)))
  (func (export "test") (param $g (ref $grouped)) (result i32)
    (call $use (local.get $g))))
