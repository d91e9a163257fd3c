(module
  (type $base (struct (field i32)))
  (type $derived (sub $base (struct (field i32) (field i32))))
  (global (export "root") (ref null $base) (ref.null $derived)))
