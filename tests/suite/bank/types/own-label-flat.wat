(module
  (tag $oops)
  (func $may (throw $oops))
  (func $f
    try_table $t (catch_all $t)
      call $may
    end))
