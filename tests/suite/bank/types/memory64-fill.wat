(module
  (memory $m i64 1)
  (func $clear (param $p i64) (param $n i64)
    (memory.fill (local.get $p) (local.get $n) (i32.const 0))))
