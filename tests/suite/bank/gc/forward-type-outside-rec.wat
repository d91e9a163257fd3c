(module
  (type $Class (struct (field $super (ref null $Class)) (field $vtable (ref $Vtable))))
  (type $Vtable (struct (field $toString (ref null $toString))))(type $toString (func (param (ref $Class)) (result externref)))
  (func (export "vt") (param (ref $Class)) (result (ref $Vtable))
    (struct.get $Class $vtable (local.get 0))))
