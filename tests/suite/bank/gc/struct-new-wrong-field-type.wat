(module
  (type $node (struct (field $value i64) (field $next (ref null $node))))
  (func $push (param $head (ref null $node)) (param $v i32) (result (ref $node))
    (struct.new $node
      (local.get $v)
      (ref.null $node)))
  (export "push" (func $push)))
