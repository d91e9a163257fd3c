(module
  (type $node (struct (field $next (ref null $node))))
  (func (export "next") (param $n (ref $node)) (result i32)
    (i32.const 0)))
