(module
  (import "env" "table" (table 1 anyfunc))
  (type $v (func))
  (func (export "call") (param $i i32)
    (call_indirect (type $v) (local.get $i))))
