(module
  (func (export "find") (param $n i32) (result i32)
    block $found
      local.get $n
      i32.eqz
      br_if $found
      i32.const 1
      return
    i32.const 0)
  (memory 1))
