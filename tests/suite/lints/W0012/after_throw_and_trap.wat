(module
  (import "env" "log" (func $log (param i32)))
  (tag $failure (param i32))
  (func $fail (export "fail") (param $code i32)
    (throw $failure (local.get $code))
    (call $log (local.get $code)))
  (func $stop (export "stop") (param $code i32)
    unreachable
    local.get $code
    call $log)
)
