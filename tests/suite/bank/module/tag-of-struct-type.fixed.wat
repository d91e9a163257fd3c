(module
  (type $sig (func (param i32)))
  (type $payload (struct (field i32)))
  (tag $error (type $sig))
  (func (export "fail")
    (throw $error (i32.const 1))))
