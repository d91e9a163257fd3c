(module
  (func (export "spin") (param $n i32)
    loop $again
      local.get $n
      i32.const 1
      i32.sub
      local.tee $n
      br_if $again
  )
  (func (export "other")))
