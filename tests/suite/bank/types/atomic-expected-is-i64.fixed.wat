(module
  (memory 1 1 shared)
  (func (export "wait") (param $addr i32) (result i32)
    (memory.atomic.wait32
      (local.get $addr)
      (i32.const 0)
      (i64.const -1))))
