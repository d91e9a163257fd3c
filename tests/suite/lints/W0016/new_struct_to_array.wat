(module
  (type $point (struct (field f64)))
  (type $bytes (array i8))
  (func $f (export "f") (param $any (ref i31)) (result (ref array))
    (ref.cast (ref array) (local.get $any)))
)
