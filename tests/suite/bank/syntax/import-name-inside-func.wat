(module
  (import "console" (func $log "log" (param externref)))
  (func (export "hello") (param $s externref)
    (call $log (local.get $s))))
