(module
  (func $init (export "init"))
  (func $start)
  (export "init" (func $start)))
