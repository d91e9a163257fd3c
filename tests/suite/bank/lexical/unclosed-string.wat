(module
  (memory 1)
  (func $hash (export "hash) (param $p i32) (result i32)
    (i32.load8_u (local.get $p)))
  (func (export "size") (result i32)
    (memory.size)))
