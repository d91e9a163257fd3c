(module
  (func $init (export "init"))
  (func $start)
  (export "start" (func $start)))
