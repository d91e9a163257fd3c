(module
  (rec (type $List (struct (field (ref null $List)))))
  (rec
    (type $List (struct (field i32) (field (ref null $List))))
    (type $Iter (struct (field (mut (ref null $List)))))))
