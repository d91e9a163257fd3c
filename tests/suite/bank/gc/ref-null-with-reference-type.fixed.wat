(module
  (type $t (struct (field i32)))
  (global $root (mut (ref null $t)) (ref.null $t)))
