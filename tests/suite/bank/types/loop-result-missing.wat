(module
  (global $n (mut i32) (i32.const 10))
  (func (export "drain") (result i32)
    loop $again (result i32)
      global.get $n
      i32.const 1
      i32.sub
      global.set $n
      global.get $n
      br_if $again
    end))
