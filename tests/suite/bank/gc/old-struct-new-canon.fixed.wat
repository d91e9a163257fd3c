(module
  (type $p (struct (field i32)))
  (func (export "p") (result (ref $p))
    (struct.new $p (i32.const 1))))
