(module
  (type $a (sub (struct (field i32))))
  (type $b (sub $a (struct (field i32) (field i32)))))
