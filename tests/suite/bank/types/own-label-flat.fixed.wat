(module
  (tag $oops)
  (func $may (throw $oops))
  (func $f
    block $t
    try_table (catch_all $t)
      call $may
    end
    end))
