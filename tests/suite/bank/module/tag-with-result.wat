(module
  (type $sig (func (param i32) (result i32)))
  (tag $err (type $sig))
  (func (export "raise") (throw $err (i32.const 7))))
