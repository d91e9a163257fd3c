(module
  (import "js" "log" (func $log (param externref)))
  (func (export "dump") (param $v anyref)
    (call $log (extern.convert_any (local.get $v)))))
