(module
  (memory 1)
  (func $f (param $p i32) (result i32)
    (i32.load [$p + 8])))
