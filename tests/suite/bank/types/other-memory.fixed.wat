(module
  (memory $a 1)
  (memory $b i64 1)
  (func $f (param $p i64) (result i32)
    (i32.load $b (local.get $p))))
