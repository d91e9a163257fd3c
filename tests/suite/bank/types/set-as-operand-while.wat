(module
  (func $count (param $n i32)
    (loop $l
      (br_if $l
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))))))
