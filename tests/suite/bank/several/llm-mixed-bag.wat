(module
  ;; fibonacci with a memo table
  (memory $memo 1)
  (global $hits (mut i32) (i32.const 0))

  (func $memo_get (param $n i32) (result i64)
    (i64.load (i32.mul (local.get $n) (i32.const 8))))

  (func $memo_set (param $n i32) (param $v i64)
    (i64.store (i32.mul (local.get $n) (i32.const 8)) (local.get $v)))

  (func $fib (export "fib") (param $n i32) (result i64)
    (local $r i64)
    (if (i32.lt (local.get $n) (i32.const 2))
      (then (return (i64.extend_i32_u (local.get $n)))))
    (local.set $r (call $memo_get (local.get $n)))
    (if (i64.neqz (local.get $r))
      (then
        (global.set $hits (i32.add (global.get $hits) (i32.const 1)))
        (return (local.get $r))))
    (local.set $r
      (i64.add
        (call $fib (i32.sub (local.get $n) (i32.const 1)))
        (call $fib (i32.sub (local.get $n) (i32.const 2)))))
    (call $memo_set (local.get $n) (local.get $r))
    (local.get $r))

  (func (export "hits") (result i32)
    (global.get $hit))

  (func (export "reset")
    (memory.fill (i32.const 0) (i64.const 0) (i32.const 65536))))
