(module
  (rec
    (type $draw (func (param (ref $obj))))
    (type $objct (struct (field $draw (ref $draw))))))
