(module
  (type $s (struct (field $x i32)))
  (type $make (func (param i32) (result (ref $s))))
  (func (export "f") (param $f (ref $make)) (result i32)
    (struct.get $s $x (ref.cast (ref $s) (call_ref $make (i32.const 1) (local.get $f))))))
