(module
  (type $signature (func (param f32)))
  (type $node (struct (field (ref null $node))))
  (type $used (struct))
  (func $main (export "main") (result (ref $used))
    (struct.new $used))
)
