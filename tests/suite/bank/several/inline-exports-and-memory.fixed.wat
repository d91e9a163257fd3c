(module
  (memory (export "mem") 1)
  (table (export "tab") 1 funcref)
  (func (export "poke") (param $p i64)
    (i32.store (i32.wrap_i64 (local.get $p)) (i32.const 1)))
  (export "peek" (func 0)))
