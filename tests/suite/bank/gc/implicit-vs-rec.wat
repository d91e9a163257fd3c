(module
  (rec
    (type $f (func (param i32) (result i32)))
    (type $s (struct (field (ref $f)))))
  (func $id (param i32) (result i32) (local.get 0))
  (elem declare func $id)
  (func $mk (result (ref $s))
    (struct.new $s (ref.func $id))))
