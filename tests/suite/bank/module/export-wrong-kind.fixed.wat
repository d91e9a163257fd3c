(module
  (memory $mem 1)
  (export "mem" (memory $mem)))
