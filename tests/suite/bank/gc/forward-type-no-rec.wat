(module
  (type $a (struct (field (ref null $b))))
  (type $b (struct (field (ref null $a)))))
