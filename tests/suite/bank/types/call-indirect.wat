(module
  (type $op (func (param f32) (result f32)))
  (table 4 funcref)
  (func $apply (param $i i32) (param $x f32) (result f32)
    (call_indirect (type $op) (local.get $i) (local.get $x))))
