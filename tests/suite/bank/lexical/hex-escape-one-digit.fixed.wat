(module
  (memory 1)
  (data (i32.const 16) "\de\ad\0b \ef"))
