(module
  (rec
    (type $draw (func (param (ref $objct))))
    (type $objct (struct (field $draw (ref $draw))))))
