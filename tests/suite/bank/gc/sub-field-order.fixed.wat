(module
  (type $animal (sub (struct (field $legs i32) (field $weight f32))))
  (type $dog (sub $animal (struct (field $legs i32) (field $weight f32) (field $name externref))))
  (func (export "rex") (param $n externref) (result (ref $dog))
    (struct.new $dog (i32.const 4) (f32.const 30) (local.get $n))))
