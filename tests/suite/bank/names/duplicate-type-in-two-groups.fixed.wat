(module
  (rec (type $List (struct (field (ref null $List)))))
  (rec
    (type $IntList (struct (field i32) (field (ref null $IntList))))
    (type $Iter (struct (field (mut (ref null $IntList)))))))
