(module
  (func $count (param $n i32)
    (loop $l
      (br_if $l
        (local.tee $n (i32.sub (local.get $n) (i32.const 1)))))))
