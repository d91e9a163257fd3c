(module
  (type $cb (func (param i32)))
  (table $handlers 2 funcref)
  (elem (table $handlers) (i32.const 0) func $print $quit)
  (func $print (type $cb))
  (func $quit (type $cb) unreachable)
  (func (export "fire") (param $which i32) (param $arg i32)
    local.get $arg
    local.get $which
    call_indirect (type $cb) $handlers))
