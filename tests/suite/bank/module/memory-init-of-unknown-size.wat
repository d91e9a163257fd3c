(module
  (memory (export "memory") 65537))
