(module
  (func (export "f") (result i32)
    (local $ acc i32)
    (local.set $acc (i32.const 5))
    (local.get $acc)))
