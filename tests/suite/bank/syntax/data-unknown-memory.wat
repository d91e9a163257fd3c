(module
  (memory $mem 1)
  (data (memory $memory) (i32.const 0) "x"))
