(module
  (type $s (struct (field (mut (ref null $s)))))
  (func $f (param $p (ref $s))
    (struct.set $s 0 (local.get $p) (ref.null $s)))
  (func $g (result (ref null $s)) (ref.null none)))
