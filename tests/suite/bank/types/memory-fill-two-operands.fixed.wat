(module
  (memory 1)
  (func (export "zero") (param $at i32) (param $n i32)
    (memory.fill (local.get $at) (i32.const 0) (local.get $n))))
