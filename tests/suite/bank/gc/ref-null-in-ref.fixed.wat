(module
  (type $n (struct))
  (func $f (result (ref null $n))
    (ref.null $n)))
