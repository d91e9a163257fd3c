(module
  (func $setup)
  (func $teardown)
  (start 2))
