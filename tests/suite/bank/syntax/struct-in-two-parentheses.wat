(module
  (type $p ((struct (field i32)))))
