(module
  (func $f (param $n i32)
    (loop $continue
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $contine (local.get $n)))))
