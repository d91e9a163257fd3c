(module
  (func $f (param $x i32)
    block $outer
      loop $inner
        local.get $x
        br_if $inner
      end $outer
    end $outer))
