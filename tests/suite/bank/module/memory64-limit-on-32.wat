(module
  (memory $m 1 0x1_0000_0000)
  (export "m" (memory $m)))
