(module
  (memory $a 1)
  (memory $b 1)
  (func $f (result i32)
    (i32.load offset=4 $b (i32.const 0))))
