(module
  (memory 1)
  (data (i32.const 16) "\de\ad\b \ef"))
