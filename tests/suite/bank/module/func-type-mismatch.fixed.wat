(module
  (type $op (func (param i32) (result i32)))
  (func $f (type $op) (param $x i32) (result i32)
    (i32.const 0)))
