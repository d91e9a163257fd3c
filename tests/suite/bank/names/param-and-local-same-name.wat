(module
  (memory 1)
  (func (export "memchr") (param $p i32) (param $c i32) (param $n i32) (result i32)
    (local $end i32)
    (local $n i32)
    (local.set $end (i32.add (local.get $p) (local.get $n)))
    (local.set $n (i32.const 0))
    (block $out
      (loop $l
        (br_if $out (i32.eq (local.get $p) (local.get $end)))
        (local.set $n (i32.load8_u (local.get $p)))
        (if (i32.eq (local.get $n) (local.get $c)) (then (return (local.get $p))))
        (local.set $p (i32.add (local.get $p) (i32.const 1)))
        (br $l)))
    (i32.const 0)))
