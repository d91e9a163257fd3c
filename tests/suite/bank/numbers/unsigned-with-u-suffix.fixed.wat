(module
  (func (export "mask") (result i32)
    i32.const 0xFFFFFFFF))
