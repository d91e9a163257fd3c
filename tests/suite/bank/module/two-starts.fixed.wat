(module
  (func $one)
  (func $two)
  (start $one)
  )
