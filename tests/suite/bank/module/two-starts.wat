(module
  (func $one)
  (func $two)
  (start $one)
  (start $two))
