(module
  (memory $mem 1)
  (data (memory $mem) (i32.const 0) "x"))
