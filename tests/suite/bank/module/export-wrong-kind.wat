(module
  (memory $mem 1)
  (export "mem" (func $mem)))
