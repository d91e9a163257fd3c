(module
  (memory 1 2 shared)
  (func (export "lock") (param $p i32) (result i32)
    (i32.atomic.rmw.cmpxchg align=2 (local.get $p) (i32.const 0) (i32.const 1))))
