(module
  (func $log (param i32))
  (func $f
    (drop (call $log (i32.const 1)))))
