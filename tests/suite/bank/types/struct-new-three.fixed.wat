(module
  (type $node (struct (field $tag i32) (field $next (ref null $node)) (field $w f64)))
  (func $mk (param $n (ref null $node)) (result (ref $node))
    (struct.new $node (i32.const 1) (local.get $n) (f64.const 2))))
