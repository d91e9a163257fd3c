(module
  (type $Object (sub (struct (field $hash (mut i32)))))
  (type $Point (sub $Object (struct (field $hash (mut i32)) (field $x f64) (field $y f64))))
  (type $Point3 (sub $Point (struct (field $hash (mut i32)) (field $x f64) (field $z i64))))
  (func (export "z") (param (ref $Point3)) (result i64)
    (struct.get $Point3 $z (local.get 0))))
