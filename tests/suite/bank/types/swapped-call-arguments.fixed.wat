(module
  (import "env" "log" (func $log (param $level i32) (param $value f32)))
  (func $f (param $v f32)
    (call $log
      (i32.const 1) ;; the value
      (f32.mul (local.get $v) (f32.const 2)))))
