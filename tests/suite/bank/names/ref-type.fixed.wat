(module
  (type $node (struct (field i32)))
  (func $f (param $n (ref null $node)) (result i32)
    (struct.get $node 0 (local.get $n))))
