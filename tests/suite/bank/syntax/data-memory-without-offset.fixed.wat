(module
  (memory $rom 1)
  (memory $ram 1)
  (data $font (memory $rom) (i32.const 0) "\3c\42\81\81\42\3c")
  (func (export "row") (param $i i32) (result i32)
    (i32.load8_u $rom (local.get $i)))
  (func (export "put") (param $i i32) (param $v i32)
    (i32.store8 $ram (local.get $i) (local.get $v))))
