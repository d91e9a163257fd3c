(module
  (type $N (struct (field (ref null $N))))
  (func (export "end") (result (ref $N))
    (struct.new $N (ref.null $N))))
