(module
  (type $get (func (param i32) (result i32)))
  (table 1 funcref)
  (func (export "go") (param $i i32) (result i32)
    local.get $i
    i32.const 0
    call_indirect (type $get) (param i32) (result i32)))
