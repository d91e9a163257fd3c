(module
  (type $pair (struct (field i32 i32)))
  (func (export "f") (param (ref null struct)) (result i32)
    (i32.const 0)))
