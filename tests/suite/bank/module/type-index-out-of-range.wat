(module
  (type $s (struct (field i32)))
  (type $f (func (param (ref null 4))))
  (func (export "g") (type $f)
    (nop)))
