(module
  (import "console" "log" (func $log (param externref)))
  (func (export "hello") (param $s externref)
    (call $log (local.get $s))))
