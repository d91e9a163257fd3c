(module
  (type $t (func))
  (table $a 1 funcref)
  (table $b 1 funcref)
  (func (call_indirect (type $t) $b (i32.const 0))))
