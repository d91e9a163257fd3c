(module
  (func (export "f") (param $n i32)
    block $outer
      loop $inner
        local.get $n
        br_if $outer
        br $inner
      end $iner
    end $outer))
