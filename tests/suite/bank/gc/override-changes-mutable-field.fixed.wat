(module
  (rec
    (type $Animal (sub (struct (field $tag i32) (field $owner (mut (ref null $Animal))))))
    (type $Dog (sub $Animal (struct (field $tag i32) (field $owner (mut (ref null $Animal))) (field $breed i32)))))
  (func (export "breed") (param $d (ref $Dog)) (result i32)
    (struct.get $Dog $breed (local.get $d))))
