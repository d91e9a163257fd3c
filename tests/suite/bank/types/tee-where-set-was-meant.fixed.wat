(module
  (func (export "fact") (param $n i64) (result i64)
    (local $r i64)
    (local.set $r (i64.const 1))
    (block $done
      (loop $l
        (br_if $done (i64.eqz (local.get $n)))
        (local.set $r (i64.mul (local.get $r) (local.get $n)))
        (local.set $n (i64.sub (local.get $n) (i64.const 1)))
        (br_if $l (i32.const 1)))
      unreachable)
    (local.get $r)))
