(module
  (func (export "countdown") (param $n i64)
    loop $l
      (local.set $n (i64.sub (local.get $n) (i64.const 1)))
      (br_if $l (i64.ne (local.get $n) (i64.const 0)))
    end))
