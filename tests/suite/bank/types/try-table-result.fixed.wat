(module
  (func $g (result i32) (i32.const 1))
  (func $f (result i32)
    (try_table (result i32) (call $g))))
