(module
  (memory 1)
  (func $strlen (export "strlen") (param $s i32) (result i32)
    (local $n i32)
    loop $scan
      (i32.load8_u (i32.add (local.get $s) (local.get $n)))
      i32.eqz
      if
        local.get $n
        return
      end
      (local.set $n (i32.add (local.get $n) (i32.const 1)))
      br $scan
    end
    unreachable))
