(module
  (memory 1 1 shared)
  (func (export "lock") (param $addr i32)
    (drop
      (memory.atomic.wait32
        (local.get $addr)
        (i32.const 1)
        (i64.const -1)))))
