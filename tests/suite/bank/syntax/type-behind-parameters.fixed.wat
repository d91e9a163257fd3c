(module
  (type $unary (func (param i32) (result i32)))
  (func $neg (type $unary) (param $x i32) (result i32)
    (i32.sub (i32.const 0) (local.get $x)))
  (export "neg" (func $neg)))
