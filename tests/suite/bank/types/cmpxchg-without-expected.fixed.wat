(module
  (memory 1 1 shared)
  (func (export "try_lock") (param $addr i32) (result i32)
    (i64.eqz
      (i64.atomic.rmw32.cmpxchg_u (local.get $addr) (i64.const 0) (i64.const 1))))
  (func (export "unlock") (param $addr i32)
    (i64.atomic.store32 (local.get $addr) (i64.const 0))))
