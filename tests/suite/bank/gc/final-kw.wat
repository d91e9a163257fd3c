(module
  (type $a (sub final (struct (field i32))))
  (type $b (sub $a (struct (field i32) (field i32)))))
