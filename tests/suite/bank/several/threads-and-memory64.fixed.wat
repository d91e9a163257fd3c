(module
  (memory $m i64 1 2 shared)
  (func (export "inc") (param $p i64) (result i32)
    (i32.atomic.rmw.add (local.get $p) (i32.const 1)))
  (func (export "wake") (param $p i64) (result i32)
    (memory.atomic.notify (local.get $p) (i32.const 1)))
  (func (export "fence") atomic.fence))
