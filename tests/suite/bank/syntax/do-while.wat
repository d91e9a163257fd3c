(module
  (func $f (param $n i32)
    (do
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (while (local.get $n)))))
