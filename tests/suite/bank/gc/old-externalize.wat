(module
  (import "js" "log" (func $log (param externref)))
  (func (export "dump") (param $v anyref)
    (call $log (extern.externalize (local.get $v)))))
