(module
  (func (export "scan") (param $p i32) (result i32)
    (local $sum i32)
    block $outer
      loop $inner
        local.get $p
        i32.eqz
        br_if $outer
        i64.const 1
        local.set $sum
        br $inner
      end $inner
    end $inner
    local.get $sum))
