(module
  (memory (export "mem") 1)
  (table (export "mem") 1 funcref)
  (func (export "poke") (param $p i64)
    (i32.store (local.get $p) (i32.const 1)))
  (export "peek" (func $peek)))
