(module
  (func $f (param $n i32)
    (block $done
      (br_if $done (local.get $n))
      (nop))))
