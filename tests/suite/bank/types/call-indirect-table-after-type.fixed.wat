(module
  (type $t (func))
  (table $a 1 funcref)
  (table $b 1 funcref)
  (func (call_indirect $b (type $t) (i32.const 0))))
