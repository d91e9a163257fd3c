(module
  (rec
    (type $left (sub $right (struct (field i32))))
    (type $right (sub $left (struct (field i32)))))
  (func (export "f") (param $l (ref $right)) (result i32)
    (struct.get $left 0 (local.get $l))))
