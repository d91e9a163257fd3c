(module
  (recgroup
    (type $a (struct (field (ref null $b))))
    (type $b (struct (field (ref null $a)))))
  (func (export "mk") (result (ref $a))
    (struct.new $a (ref.null $b))))
