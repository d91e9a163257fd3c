(module
  (func $f (export "f") (param $n i32) (result i32)
    (block $done
      (loop $next
        (br_if $done (i32.eqz (local.get $n)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br $next)))
    (local.get $n))
  (func $g (export "g") (param $n i32) (result i32)
    (block $a
      (block $b
        (br_table $a $b (local.get $n)))
      (return (i32.const 1)))
    (if (local.get $n)
      (then (return (i32.const 2))))
    (i32.const 3))
  (func $forever (export "forever") (param $n i32) (result i32)
    (loop $again
      (if (local.get $n) (then (return (i32.const 1))))
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      (br $again))
    (i32.const 0))
  (func $never (export "never")
    (return)
    (unreachable))
  (func $arms (export "arms") (param $n i32) (result i32)
    (if (result i32) (local.get $n)
      (then (return (i32.const 1)))
      (else (i32.const 2))))
)
