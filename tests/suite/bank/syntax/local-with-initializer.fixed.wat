(module
  (func (export "ten") (result i32)
    (local $i i32 )
    (local.set $i (i32.const 10))
    (local.get $i)))
