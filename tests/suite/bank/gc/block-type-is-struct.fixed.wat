(module
  (type $frame (struct (field i32)))
  (type $body (func))
  (func (export "f") (param $x i32) (result i32)
    (block (type $body)
      (nop))
    (local.get $x)))
