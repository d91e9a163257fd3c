(module
  (memory (export "memory") 1)
  (func (export "first_nonzero") (param $p i32) (result i32)
    block $found (result i32)
      loop $next
        local.get $p
        i32.load8_u
        local.get $p
        i32.load8_u
        br_if $found
        drop
        local.get $p
        i32.const 1
        i32.add
        local.tee $p
        i32.const 65536
        i32.lt_u
        br_if $next
      end
      i32.const 0
    end))
