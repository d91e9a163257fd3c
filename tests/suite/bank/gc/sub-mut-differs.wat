(module
  (type $a (sub (struct (field (mut i32)))))
  (type $b (sub $a (struct (field i32) (field i64)))))
