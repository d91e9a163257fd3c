(module
  (func (export "ten") (result i32)
    (local $i i32 (i32.const 10))
    (local.get $i)))
