(module
  (memory 1)
  (func (export "zero") (param $at i32) (param $n i32)
    (memory.fill (local.get $at) (local.get $n))))
