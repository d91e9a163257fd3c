(module
  (type $method (func (param anyref) (result i32)))
  (type $vtable (struct (field $hash (ref $method))))
  (func $hash (param externref) (result i32) (i32.const 1))
  (elem declare func $hash)
  (func (export "vtable") (result (ref $vtable))
    (struct.new $vtable (ref.func $hash))))
