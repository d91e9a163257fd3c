(module
  (type $buf (array (mut i8)))
  (func $len (param $b (ref $buf)) (result i32) (array.len (local.get $b)))
  (func (export "n") (param $b (ref null $buf)) (result i32)
    (call $len (local.get $b))))
