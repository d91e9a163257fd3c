(module
  (func $init
    -- nothing to do yet
    nop)
  (start $init))
