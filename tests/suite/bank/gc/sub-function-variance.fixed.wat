(module
  (type $animal (sub (struct)))
  (type $dog (sub $animal (struct (field i32))))
  (type $make (sub (func (result (ref $dog)))))
  (type $make_any (sub $make (func (result (ref $dog)))))
  (func (export "f") (type $make_any) (struct.new $dog (i32.const 1))))
