(module
  (func $main)
  (export "main" (func $main)))
