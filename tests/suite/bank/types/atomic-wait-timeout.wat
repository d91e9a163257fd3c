(module
  (memory (export "memory") 1 4 shared)
  (func $lock (export "lock") (param $m i32)
    (block $got
      (loop $retry
        (br_if $got (i32.eqz (i32.atomic.rmw.cmpxchg (local.get $m) (i32.const 0) (i32.const 1))))
        (drop (memory.atomic.wait32 (local.get $m) (i32.const 1) (i32.const -1)))
        (br $retry))))
  (func (export "unlock") (param $m i32)
    (i32.atomic.store (local.get $m) (i32.const 0))
    (drop (memory.atomic.notify (local.get $m) (i32.const 1)))))
