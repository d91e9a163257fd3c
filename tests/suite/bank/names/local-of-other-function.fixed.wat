(module
  (func $first (param $a i32) (result i32)
    (local $tmp i32)
    (local.tee $tmp (local.get $a)))
  (func $second (export "second") (param $b i32) (result i32)
    (i32.add (local.get $b) (call $first (local.get $b)))))
