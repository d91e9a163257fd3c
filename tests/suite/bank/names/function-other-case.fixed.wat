(module
  (func $readByte (param $p i32) (result i32)
    (i32.load8_u (local.get $p)))
  (memory 1)
  (func (export "next") (param $p i32) (result i32)
    (call $readByte (local.get $p))))
