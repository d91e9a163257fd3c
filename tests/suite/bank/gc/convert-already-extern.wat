(module
  (import "js" "emit" (func $emit (param externref)))
  (func (export "send") (param $v externref)
    local.get $v
    extern.convert_any
    call $emit))
