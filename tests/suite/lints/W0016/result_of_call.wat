(module
  (type $s (struct (field $x i32)))
  (func $mk (result (ref $s)) (struct.new $s (i32.const 1)))
  (func $f (export "f") (result i32)
    (struct.get $s $x (ref.cast (ref null $s) (call $mk)))))
