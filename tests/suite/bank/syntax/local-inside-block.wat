(module
  (memory (export "memory") 1)
  (func $strlen (export "strlen") (param $p i32) (result i32)
    (local $n i32)
    (block $done
      (loop $more
        (local $c i32)
        (local.set $c (i32.load8_u (i32.add (local.get $p) (local.get $n))))
        (br_if $done (i32.eqz (local.get $c)))
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br $more)))
    (local.get $n)))
