(module
  (type $0 (func (param i32) (result i32)))
  (func $0 (type $0) (param $0 i32) (result i32)
    (local $1 i32)
    (return (i32.shl (local.get $1) (i32.const 32)))
    (i32.const 0))
  (export "f" (func $0)))
