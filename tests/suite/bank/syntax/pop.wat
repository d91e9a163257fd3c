(module
  (func $g (result i32) (i32.const 1))
  (func $f
    (pop (call $g))))
