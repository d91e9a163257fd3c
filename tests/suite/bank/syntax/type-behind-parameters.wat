(module
  (type $unary (func (param i32) (result i32)))
  (func $neg (param $x i32) (result i32) (type $unary)
    (i32.sub (i32.const 0) (local.get $x)))
  (export "neg" (func $neg)))
