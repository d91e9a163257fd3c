(module
  (func (export "countdown") (param $n i32)
    block $exit
      loop $top
        local.get $n
        i32.eqz
        br_if $exit
        local.get $n
        i32.const 1
        i32.sub
        local.set $n
        br $top
      end $exit
    end $top))
