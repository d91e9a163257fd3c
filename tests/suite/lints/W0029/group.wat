(module
  (rec (type $a (struct)) (type $b (struct (field (ref null $a)))))
  (func $main (export "main"))
)
