(module
  (type $point (struct (field $x i32)))
  (func $is_null (export "is_null") (param $p (ref $point)) (result i32)
    (ref.is_null (local.get $p)))
  (func $x (export "x") (param $p (ref $point)) (result i32)
    (block $null
      (return (struct.get $point $x (br_on_null $null (local.get $p)))))
    (i32.const -1)))
