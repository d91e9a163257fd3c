(module
  (memory (export "memory") 1)
  (func $grow (param $n i32) (result i32)
    (memory.grow (local.get $n)))
  (func (export "memory") (param $n i32) (result i32)
    (call $grow (local.get $n))))
