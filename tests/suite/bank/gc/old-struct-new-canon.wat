(module
  (type $p (struct (field i32)))
  (func (export "p") (result (ref $p))
    (struct.new_canon $p (i32.const 1))))
