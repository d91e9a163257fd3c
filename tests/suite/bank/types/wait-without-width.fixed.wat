(module
  (memory 1 1 shared)
  (func (param $p i32) (result i32)
    (memory.atomic.wait32 (local.get $p) (i32.const 1) (i64.const -1))))
