(module
  (func (export "sum") (param $n i32) (result i32)
    (local $total i32)
    block $done
      loop $again
        local.get $n
        i32.eqz
        br_if $done
        local.get $total
        local.get $n
        i32.add
        local.set $totl
        local.get $n
        i32.const 1
        i32.sub
        local.set $n
        br $again
      end
    end
    local.get $total))
