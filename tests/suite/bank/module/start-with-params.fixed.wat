(module
  (memory 1)
  (func $init )
  (start $init))
