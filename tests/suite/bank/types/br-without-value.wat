(module
  (func (export "find") (param $p i32) (result i32)
    block $found (result i32)
      loop $next
        local.get $p
        i32.eqz
        br_if $found
        local.get $p
        i32.const 4
        i32.sub
        local.set $p
        br $next
      end
      unreachable
    end))
