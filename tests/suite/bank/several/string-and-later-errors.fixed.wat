(module
  (import "env" "log" (func $log (param i32 i32)))
  (memory 1)
  (func $main
    (call $log (i32.const 0) (i32.const 5))
    (f32.store (i32.const 0) (f32.const 1))
    (call $log (i32.const 1) (i32.const 2))))
