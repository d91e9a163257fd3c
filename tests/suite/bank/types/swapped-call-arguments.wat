(module
  (import "env" "log" (func $log (param $level i32) (param $value f32)))
  (func $f (param $v f32)
    (call $log
      (f32.mul (local.get $v) (f32.const 2)) ;; the value
      (i32.const 1))))
