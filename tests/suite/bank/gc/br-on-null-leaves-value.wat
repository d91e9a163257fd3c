(module
  (type $node (struct (field $v i32)))
  (func (export "v") (param $n (ref null $node)) (result i32)
    block $none (result (ref null $node))
      local.get $n
      br_on_null $none
      struct.get $node $v
      return
    end
    drop
    i32.const -1))
