(module
  (rec
    (type $node (sub (struct (field $next (ref null $node)))))
    (type $leaf (sub final $node (struct (field $next (ref null $node)) (field $v i64)))))
  (func (export "value") (param $l (ref $leaf)) (result i64)
    (struct.get $leaf $v (local.get $l))))
