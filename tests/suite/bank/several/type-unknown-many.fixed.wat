(module
  (type $bin_op (func (param i32 i32) (result i32)))
  (table 2 funcref)
  (func $add (type $bin_op) (i32.add (local.get 0) (local.get 1)))
  (func $sub (type $bin_op) (i32.sub (local.get 0) (local.get 1)))
  (func $go (param i32) (result i32)
    (call_indirect (type $bin_op) (i32.const 1) (i32.const 2) (local.get 0))))
