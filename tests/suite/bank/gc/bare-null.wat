(module
  (type $s (struct (field (mut (ref null $s)))))
  (func $f (param $p (ref $s))
    (struct.set $s 0 (local.get $p) null))
  (func $g (result (ref null $s)) (null)))
