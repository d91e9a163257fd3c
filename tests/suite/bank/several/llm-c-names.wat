(module
  (memory 1)
  (func $strlen (export "strlen") (param $s char) (result int)
    (local $n size_t)
    (block $done
      (loop $l
        (br_if $done (i32.eqz (i32.load8_u (i32.add (local.get $s) (local.get $n)))))
        (local.set $n (i32.add (local.get $n) (i32.const 1)))
        (br $l)))
    (local.get $n)))
