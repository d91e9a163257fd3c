(module
  (func (export "sum") (param $n i32) (result i32)
    (local $acc i32)
    (loop $l (result i32)
      (local.set $acc (i32.add (local.get $acc) (local.get $n)))
      (local.set $n (i32.sub (local.get $n) (i32.const 1)))
      (br_if $l (local.get $n)))))
